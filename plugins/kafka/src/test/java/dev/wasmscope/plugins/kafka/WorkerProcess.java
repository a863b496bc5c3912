package dev.wasmscope.plugins.kafka;

import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.engine.wasm.Runtimes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A runner with a sample's processor in a process of its own, to be killed.
final class WorkerProcess implements AutoCloseable {
    private final Process process;

    WorkerProcess(RunnerSettings settings, Path folder) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        settings.bootstrapServers(),
                        settings.topic(),
                        settings.group(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("worker.log").toFile())
                .start();
    }

    boolean alive() {
        return process.isAlive();
    }

    /// As `kill -9` does.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
    }

    /// The process itself: bootstrap servers, topic, group, folder.
    static final class Main {
        private Main() {}

        static void main(String[] arguments) throws IOException, ProcessorFailedException {
            try (var engine = new HostEngine(Runtimes.builtIn())) {
                var module = engine.read("sample:messages");
                var folder = new WasiGrants.Directory(Path.of(arguments[3]), "/", false);
                var request = HostingRequest.of(module, "worker")
                        .withWasi(new WasiGrants(List.of("m"), Map.of(), new byte[0], List.of(folder)));
                var settings = new RunnerSettings(arguments[0], arguments[1], arguments[2], 2);
                var runner = new TaskRunner(
                        settings,
                        _ -> new WasmProcessor(engine, request, _ -> {}),
                        new TaskMetrics(),
                        Duration.ofSeconds(10));
                Runtime.getRuntime().addShutdownHook(new Thread(runner::stop, "stop"));
                runner.run();
            }
        }
    }
}

package dev.wasmscope.plugins.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import dev.wasmscope.engine.platform.LinuxFiles;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.engine.wasm.Runtimes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// How many tasks a second, in Wasm and in Java by the same runner: `-Dwasmscope.throughput=100000` for blocks of as
/// many tasks.
@EnabledIfSystemProperty(named = "wasmscope.throughput", matches = "\\d+")
class ThroughputTest {
    private static final int TASKS = Integer.getInteger("wasmscope.throughput", 0);
    private static final int PAIRS = 12;
    private static final int WARM_UP = 4;
    private static final double AIM = 0.6;

    /// FNV-1a over the task, as [#hash] does it.
    private static final String HASH = """
            (module
              (import "decaton" "poll_task" (func $poll (param i64 i32) (result i32)))
              (memory (export "memory") 1)
              (global $sum (mut i32) (i32.const 0))
              (func (export "run") (local $i i32) (local $length i32) (local $hash i32)
                (local.set $length (call $poll (i64.const 0) (i32.const 65536)))
                (local.set $hash (i32.const -2128831035))
                (block $end (loop $next
                  (br_if $end (i32.ge_s (local.get $i) (local.get $length)))
                  (local.set $hash (i32.mul (i32.const 16777619)
                    (i32.xor (local.get $hash) (i32.load8_u (local.get $i)))))
                  (local.set $i (i32.add (local.get $i) (i32.const 1)))
                  (br $next)))
                (global.set $sum (i32.add (global.get $sum) (local.get $hash)))))
            """;

    @TempDir
    Path folder = Path.of("");

    /// One for each worker.
    private abstract static class InJava implements TaskProcessor {
        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private static final class Hashing extends InJava {
        private int sum;

        @Override
        public TaskOutcome process(byte[] task) {
            sum += hash(task);
            return TaskOutcome.DONE;
        }

        @Override
        public void close() {
            assertThat(sum).isNotZero();
        }
    }

    private static int hash(byte[] task) {
        var hash = -2128831035;
        for (var b : task) {
            hash = (hash ^ (b & 0xff)) * 16777619;
        }
        return hash;
    }

    /// What the sample `messages` does: opens the file for each task and appends the task's message.
    private static final class Appending extends InJava {
        private static final String BEFORE = "{\"message\":\"";
        private final Path file;

        Appending(Path file) {
            this.file = file;
        }

        @Override
        public TaskOutcome process(byte[] task) {
            var text = new String(task, StandardCharsets.UTF_8);
            var message = text.substring(BEFORE.length(), text.indexOf('"', BEFORE.length()));
            try {
                Files.writeString(file, message + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                return TaskOutcome.DONE;
            } catch (IOException e) {
                return new TaskOutcome.Failed(e.toString());
            }
        }
    }

    @Test
    void hashInWasmIsDoneAtSixtyPercentOfJavasRateAtLeast() throws Exception {
        try (var broker = new TestBroker();
                var engine = new HostEngine(Runtimes.builtIn())) {
            var request = HostingRequest.of(Wat.module(folder, HASH), "hash");
            var lines = new ArrayList<String>();
            for (int i = 0; i < TASKS; i++) {
                lines.add("key%d\t%s".formatted(i % 1000, "some words of a task that are hashed ".repeat(5) + i));
            }
            var ratio = compare(
                    "a hash over 200 bytes",
                    broker,
                    lines,
                    _ -> new Hashing(),
                    _ -> new WasmProcessor(engine, request, _ -> {}));
            assertThat(ratio.median()).isGreaterThan(AIM);
        }
    }

    @Test
    void linesAreAppendedInWasmAtSixtyPercentOfJavasRateAtLeast() throws Exception {
        assumeTrue(
                SampleCatalogue.load().find("messages").isPresent(),
                "The sample messages was not built: clang-19 is missing.");
        try (var broker = new TestBroker();
                var engine = new HostEngine(Runtimes.builtIn())) {
            var here = new WasiGrants.Directory(Files.createDirectory(folder.resolve("wasm")), "/", false);
            var request = HostingRequest.of(engine.read("sample:messages"), "messages")
                    .withWasi(new WasiGrants(List.of("m"), Map.of(), new byte[0], List.of(here)));
            var lines = new ArrayList<String>();
            for (int i = 0; i < TASKS / 4; i++) {
                lines.add("key%d\t{\"message\":\"message number %d\"}".formatted(i % 1000, i));
            }
            var ratio = compare(
                    "a line appended to a file",
                    broker,
                    lines,
                    _ -> new Appending(folder.resolve("java")),
                    _ -> new WasmProcessor(engine, request, _ -> {}));
            assertThat(folder.resolve("java")).hasSize(Files.size(folder.resolve("wasm/messages")));
            // By other files than Linux's a guest has more questions than Java, whether a path leads out.
            assumeTrue(LinuxFiles.here().isPresent(), "There is no openat2 here.");
            assertThat(ratio.median()).isGreaterThan(AIM);
        }
    }

    private static Pairs.Ratio compare(
            String title, TestBroker broker, List<String> lines, TaskProcessor.Factory java, TaskProcessor.Factory wasm)
            throws Exception {
        var settings = broker.topic(2, 4);
        TestBroker.produce(settings, lines);
        var pairs = new Pairs();
        pairs.run(WARM_UP, PAIRS, () -> block(settings, lines.size(), java), () -> block(settings, lines.size(), wasm));
        System.out.print(pairs.text(title));
        return pairs.ratio();
    }

    private static Pairs.Block block(RunnerSettings on, int tasks, TaskProcessor.Factory processors) throws Exception {
        var group = "g" + System.nanoTime();
        var settings = new RunnerSettings(on.bootstrapServers(), on.topic(), group, on.threads());
        Topics.prepare(settings, 0);
        var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        try (var running = new RunningTasks(settings, processors)) {
            running.until(() -> running.metrics.snapshot().processed() > 0);
            var before = running.metrics.snapshot().processed();
            var start = System.nanoTime();
            var processor = machine.getProcessCpuTime();
            while (running.metrics.snapshot().processed() < tasks) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            var rate = (tasks - before) / ((System.nanoTime() - start) / 1e9);
            var used = (machine.getProcessCpuTime() - processor) / 1e9 / (tasks - before) * 1000;
            return new Pairs.Block(rate, used, running.metrics.snapshot().meanMicros());
        }
    }
}

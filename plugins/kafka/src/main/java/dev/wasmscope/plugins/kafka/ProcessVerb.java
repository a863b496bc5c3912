package dev.wasmscope.plugins.kafka;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// `process`: a Kafka consumer whose processor is a Wasm module.
final class ProcessVerb implements Verb {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final Engine engine;

    ProcessVerb(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public String summary() {
        return "Give every task of a Kafka topic to a Wasm module.";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            terminal.out().print(ProcessOptions.USAGE);
            return DONE;
        }
        try {
            var options = new ProcessOptions(arguments);
            var module = engine.read(options.module());
            // All values are read before anything is started.
            options.grants(module.name());
            options.limits();
            options.settings("");
            options.partitions();
            options.count();
            options.metrics();
            return options.embeddedBroker()
                    ? embedded(options, module, terminal)
                    : work(options, module, options.bootstrapServers(), terminal);
        } catch (IllegalArgumentException e) {
            terminal.err().println(e.getMessage());
            return USAGE;
        } catch (IOException | ProcessorFailedException e) {
            terminal.err().println(e.getMessage());
            return FAILED;
        }
    }

    private int embedded(ProcessOptions options, ModuleSource module, Terminal terminal)
            throws IOException, ProcessorFailedException {
        var folder = Files.createTempDirectory("wasmscope-kafka");
        try (var broker = BrokerFolder.launcher().start(folder, 0)) {
            terminal.err().println("A broker serves at %s until this ends.".formatted(broker.bootstrapServers()));
            return work(options, module, broker.bootstrapServers(), terminal);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private int work(ProcessOptions options, ModuleSource module, String bootstrapServers, Terminal terminal)
            throws IOException, ProcessorFailedException {
        var settings = options.settings(bootstrapServers);
        var metrics = new TaskMetrics();
        var at = options.metrics();
        try (var page = at.isEmpty() ? null : new MetricsPage(at.get(), metrics)) {
            if (page != null) {
                terminal.err().printf("Counts are at %s%n", page.address());
            }
            Topics.prepare(settings, options.partitions());
            new ProcessRun(engine, options, module, settings, metrics, terminal).run();
        }
        return DONE;
    }
}

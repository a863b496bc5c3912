package dev.wasmscope.plugins.kafka;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Verb.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;

/// One run of the verb: a runner, what guests write, counts now and then, and an end by signal or count.
final class ProcessRun {
    /// Beyond a task's deadline.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final long TICK_MILLIS = 100;
    private static final int TICKS_A_REPORT = 100;

    private final Engine engine;
    private final ProcessOptions options;
    private final ModuleSource module;
    private final RunnerSettings settings;
    private final Terminal terminal;
    private final GuestOutput output;
    private final TaskMetrics metrics;
    private final List<WasmProcessor> processors = new CopyOnWriteArrayList<>();
    private final TaskRunner runner;
    private final CountDownLatch ended = new CountDownLatch(1);

    ProcessRun(
            Engine engine,
            ProcessOptions options,
            ModuleSource module,
            RunnerSettings settings,
            TaskMetrics metrics,
            Terminal terminal) {
        this.engine = engine;
        this.options = options;
        this.module = module;
        this.settings = settings;
        this.metrics = metrics;
        this.terminal = terminal;
        this.output = new GuestOutput(terminal);
        this.runner = new TaskRunner(
                settings, this::processor, metrics, options.limits().callTime().plus(PATIENCE));
    }

    private TaskProcessor processor(int worker) throws ProcessorFailedException {
        var title = "%s %d of %d".formatted(module.name(), worker + 1, settings.threads());
        var request = new HostingRequest(
                module,
                title,
                options.runtime(),
                MemoryKind.PLAIN,
                options.limits(),
                Optional.of(options.grants(module.name())),
                List.of(),
                false);
        var made = new WasmProcessor(engine, request, output::last);
        processors.add(made);
        return made;
    }

    void run() throws ProcessorFailedException {
        terminal.err()
                .printf(
                        "Tasks of %s at %s go to %s, %d at a time.%n",
                        settings.topic(), settings.bootstrapServers(), module.name(), settings.threads());
        var hook = new Thread(this::stopAndWait, "stop of " + settings.group());
        Runtime.getRuntime().addShutdownHook(hook);
        var ticker = Thread.ofVirtual().name("process counts").start(this::tick);
        if (options.has("--stdin")) {
            Thread.ofPlatform().daemon().name("tasks from standard input").start(this::produce);
        }
        try {
            runner.run();
        } finally {
            ended.countDown();
            ticker.interrupt();
            forget(hook);
        }
        RunReport.print(metrics.snapshot(), options.has("--json"), terminal);
    }

    /// At the end of the process: what runs is finished and committed.
    private void stopAndWait() {
        runner.stop();
        try {
            var _ = ended.await(options.limits().callTime().plusSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already, and the hook waits for this thread.
        }
    }

    private void produce() {
        try (var lines = new LineProducer(settings)) {
            lines.produceAll(terminal.in());
        } catch (IOException | KafkaException e) {
            terminal.err().println("Standard input gives no more tasks: " + e.getMessage());
        }
    }

    private void tick() {
        var reported = "";
        try {
            for (var ticks = 1; true; ticks++) {
                TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
                processors.forEach(processor -> processor.session().ifPresent(output::copy));
                var now = metrics.snapshot();
                if (options.count() > 0 && now.processed() + now.dead() >= options.count()) {
                    runner.stop();
                    return;
                }
                if (ticks % TICKS_A_REPORT == 0 && !RunReport.line(now).equals(reported)) {
                    reported = RunReport.line(now);
                    terminal.err().println(reported);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

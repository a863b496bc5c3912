package dev.wasmscope.plugins.kafka;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.NetworkGrants;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.WasiGrants;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A runner for the window, with a broker of its own where none was named, and what there is to see of it.
final class LiveTasks implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int PARTITIONS = 4;
    private static final long LOOK_MILLIS = 250;
    private static final int SHOWN_BYTES = 1 << 16;

    private final Choice choice;
    private final Engine engine;
    private final Path folder;
    private final Optional<Broker> broker;
    private final RunnerSettings settings;
    private final TaskMetrics metrics = new TaskMetrics();
    private final List<WasmProcessor> processors = new CopyOnWriteArrayList<>();
    private final LineProducer producer;
    private final TaskRunner runner;
    private final Thread thread;
    private final Thread atExit;
    private final Thread watch;
    private volatile @Nullable String failure;
    private volatile Look look;

    /// @param bootstrapServers empty for a broker of one's own
    /// @param folder what the module sees as `/`; empty for a new one
    record Choice(
            ModuleSource module,
            String bootstrapServers,
            String topic,
            String group,
            int threads,
            Optional<Path> folder,
            NetworkGrants network) {}

    /// One worker's instance.
    record Worker(int number, HostedInstance instance) {}

    /// @param messages the end of the article's file; empty while there is none
    /// @param output what the instances wrote
    /// @param failure why it ended by itself
    record Look(
            TaskMetrics.Snapshot counts,
            String messages,
            String output,
            List<Worker> workers,
            Optional<String> failure) {}

    /// Starts everything; takes seconds.
    ///
    /// @throws ProcessorFailedException with a sentence
    /// @throws IOException with a sentence
    static LiveTasks start(Engine engine, Choice choice) throws IOException, ProcessorFailedException {
        // Kafka looks for some of its classes by the thread's class loader, and its threads inherit it.
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(LiveTasks.class.getClassLoader());
        try {
            return new LiveTasks(engine, choice);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private LiveTasks(Engine engine, Choice choice) throws IOException, ProcessorFailedException {
        this.engine = engine;
        this.choice = choice;
        this.folder = Files.createTempDirectory("wasmscope-tasks");
        this.broker = choice.bootstrapServers.isBlank()
                ? Optional.of(BrokerFolder.launcher().start(folder.resolve("broker"), 0))
                : Optional.empty();
        this.settings = new RunnerSettings(
                broker.map(Broker::bootstrapServers).orElse(choice.bootstrapServers),
                choice.topic,
                choice.group,
                choice.threads);
        try {
            Files.createDirectories(guestFolder());
            Topics.prepare(settings, broker.isPresent() ? PARTITIONS : 0);
            for (int i = 0; i < choice.threads; i++) {
                processors.add(processor(i));
            }
        } catch (IOException | ProcessorFailedException e) {
            processors.forEach(WasmProcessor::close);
            broker.ifPresent(Broker::close);
            throw e;
        }
        producer = new LineProducer(settings);
        runner = new TaskRunner(
                settings, processors::get, metrics, Limits.DEFAULT.callTime().plus(PATIENCE));
        thread = Thread.ofPlatform().daemon().name("tasks of " + choice.topic).start(this::run);
        atExit = new Thread(this::end, "end of tasks");
        Runtime.getRuntime().addShutdownHook(atExit);
        look = newLook();
        watch = Thread.ofVirtual().name("look at tasks").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                look = newLook();
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Look newLook() {
        return new Look(metrics.snapshot(), messages(), output(), workers(), Optional.ofNullable(failure));
    }

    /// Some tenths of a second old at most.
    Look look() {
        return look;
    }

    private WasmProcessor processor(int worker) throws ProcessorFailedException {
        var title = "%s %d of %d".formatted(choice.module.name(), worker + 1, choice.threads);
        var grants = new WasiGrants(
                List.of(choice.module.name()),
                Map.of(),
                new byte[0],
                List.of(new WasiGrants.Directory(guestFolder(), "/", false)),
                choice.network);
        var request = HostingRequest.of(choice.module, title).withWasi(grants).withMemory(MemoryKind.TRACKED);
        return new WasmProcessor(engine, request, _ -> {});
    }

    private void run() {
        try {
            runner.run();
        } catch (ProcessorFailedException e) {
            failure = e.getMessage();
        }
    }

    RunnerSettings settings() {
        return settings;
    }

    ModuleSource module() {
        return choice.module;
    }

    /// What the module sees as `/`.
    Path guestFolder() {
        return choice.folder.orElse(folder.resolve("root"));
    }

    /// Lines, as [LineProducer] takes them.
    void produce(List<String> lines) {
        lines.forEach(producer::produce);
        producer.flush();
    }

    private List<Worker> workers() {
        return IntStream.range(0, processors.size())
                .boxed()
                .flatMap(i -> processors.get(i).instance().stream().map(instance -> new Worker(i + 1, instance)))
                .toList();
    }

    private String messages() {
        var file = guestFolder().resolve("messages");
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (var channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - SHOWN_BYTES));
            var bytes = ByteBuffer.allocate(SHOWN_BYTES);
            while (channel.read(bytes) > 0) {
                // Until the end of the file or of the room.
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "%s cannot be read: %s".formatted(file, e.getMessage());
        }
    }

    private String output() {
        return workers().stream().map(w -> text(w.instance.session())).collect(Collectors.joining());
    }

    private static String text(Session session) {
        var out = session.output(OutputStreamName.STDOUT, 0).bytes();
        var err = session.output(OutputStreamName.STDERR, 0).bytes();
        return new String(out, StandardCharsets.UTF_8) + new String(err, StandardCharsets.UTF_8);
    }

    /// What runs is finished and committed; then the broker ends. Takes seconds.
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return;
        }
        end();
    }

    private void end() {
        watch.interrupt();
        runner.stop();
        try {
            thread.join(Limits.DEFAULT.callTime().multipliedBy(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
        broker.ifPresent(Broker::close);
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.getLogger(LiveTasks.class.getName())
                    .log(System.Logger.Level.WARNING, "The folder of the tasks could not be deleted.", e);
        }
    }
}

package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.GuestFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A server's journal and the image beside it.
final class Journal implements AutoCloseable {
    /// Log after which an image pays, at least.
    private static final long IMAGE_EVERY = 64L << 20;
    /// Log for which a server that closes leaves an image behind.
    private static final long IMAGE_AT_CLOSE = 1 << 20;

    private final JournalFile file;
    private final JournalHeader header;
    private final Path imagePath;
    private final AtomicReference<@Nullable Thread> imageWriter = new AtomicReference<>();
    private long events;
    private long imageOffset;
    private volatile @Nullable IOException imageFailure;

    private Journal(JournalFile file, JournalHeader header, Path imagePath) {
        this.file = file;
        this.header = header;
        this.imagePath = imagePath;
    }

    static Path imageOf(Path journal) {
        return journal.resolveSibling(journal.getFileName() + ".image");
    }

    /// What an existing journal says it starts from; empty for a file that is not there or empty.
    static Optional<JournalHeader> headerOf(Path path) throws IOException {
        if (!Files.exists(path) || Files.size(path) == 0) {
            return Optional.empty();
        }
        return Optional.of(JournalReader.header(path).header());
    }

    /// Begins a new journal.
    static Journal begin(Path path, Fsync fsync, String module, RedisInstance.Start start) throws IOException {
        var file = JournalFile.open(path, fsync);
        var header = new JournalHeader(UUID.randomUUID(), module, start);
        file.begin(header.encode());
        Files.deleteIfExists(imageOf(path));
        var journal = new Journal(file, header, imageOf(path));
        journal.imageOffset = file.end();
        return journal;
    }

    /// A journal and the instance that it was read into.
    record Restored(Journal journal, RedisInstance redis, Recovery recovery) {}

    /// What it takes to bring an instance to life.
    interface Starter {
        RedisInstance start(RedisInstance.Start start);

        RedisInstance blank(RedisInstance.Start start);
    }

    /// Reads an existing journal into an instance and goes on writing at its end.
    ///
    /// @throws WasmRedisException when the journal is of another module, or damaged elsewhere than at its end
    static Restored restore(Path path, Fsync fsync, String module, Starter starter) throws IOException {
        var file = JournalFile.open(path, fsync);
        RedisInstance redis = null;
        try {
            var reader = new JournalReader(path, file.channel());
            var header = reader.header();
            reader.checkModule(module);
            var notes = new StringBuilder();
            var image = image(path, header, notes);
            if (image.isPresent()) {
                redis = starter.blank(header.start());
                redis.restore(image.get().state());
                reader.skipTo(image.get().offset(), image.get().events());
            } else {
                redis = starter.start(header.start());
            }
            var before = reader.events();
            replay(reader, redis);
            var cut = reader.tornBytes();
            file.continueAt(reader.offset());
            var journal = new Journal(file, header, imageOf(path));
            journal.events = reader.events();
            journal.imageOffset = image.map(Image::offset).orElse(0L);
            var note = notes.isEmpty() ? Optional.<String>empty() : Optional.of(notes.toString());
            return new Restored(journal, redis, new Recovery(reader.events() - before, image.isPresent(), cut, note));
        } catch (IOException | RuntimeException e) {
            if (redis != null) {
                redis.close();
            }
            file.close();
            throw e;
        }
    }

    private static Optional<Image> image(Path path, JournalHeader header, StringBuilder notes) throws IOException {
        var file = imageOf(path);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var image = Image.read(file, header.start().limits().memoryPages());
            if (!image.journal().equals(header.id()) || !image.module().equals(header.module())) {
                notes.append("The image %s is of another journal and was not used.".formatted(file));
                return Optional.empty();
            }
            return Optional.of(image);
        } catch (WasmRedisException e) {
            notes.append(e.getMessage()).append(" The whole journal was replayed instead.");
            return Optional.empty();
        }
    }

    private static void replay(JournalReader reader, RedisInstance redis) throws IOException {
        for (var event = reader.next(); event != null; event = reader.next()) {
            try {
                var outcome = redis.apply(event);
                var recorded = event.recorded();
                if (recorded.isPresent() && recorded.getAsInt() != outcome) {
                    throw new WasmRedisException(
                            "Event %,d of the journal leads to other replies than when it was recorded: wasmscope verify tells more."
                                    .formatted(reader.events()));
                }
            } catch (GuestFailedException e) {
                throw new WasmRedisException(
                        "Event %,d of the journal cannot be replayed. %s".formatted(reader.events(), e.getMessage()),
                        e);
            }
        }
    }

    JournalHeader header() {
        return header;
    }

    /// Writes events, without forcing them to the disk.
    void append(EventBuffer from, int start, int end, long count) {
        file.append(from, start, end);
        events += count;
    }

    /// What the policy asks for before replies leave.
    void settle() {
        file.settle();
    }

    /// @param memoryBytes what an image would have to copy at most
    boolean imageDue(long memoryBytes) {
        return file.end() - imageOffset >= Math.max(IMAGE_EVERY, memoryBytes) && imageWriter.get() == null;
    }

    /// Writes an image of the state after all that was appended, on a thread of its own.
    void writeImage(RedisInstance.State state) {
        file.force();
        var image = new Image(header.id(), header.module(), file.end(), events, state);
        imageOffset = file.end();
        imageWriter.set(Thread.ofPlatform().daemon().name("journal image").start(() -> write(image)));
    }

    private void write(Image image) {
        try {
            image.write(imagePath);
        } catch (IOException e) {
            // The journal alone is enough; the next try may do better.
            imageFailure = e;
        } finally {
            imageWriter.set(null);
        }
    }

    /// Why the last image could not be written.
    Optional<String> imageProblem() {
        var failure = imageFailure;
        return failure == null
                ? Optional.empty()
                : Optional.of("The image %s cannot be written: %s.".formatted(imagePath, failure.getMessage()));
    }

    /// Whether replaying from the last image would take noticeably long.
    boolean worthAnImageAtClose() {
        return file.end() - imageOffset >= IMAGE_AT_CLOSE;
    }

    /// Waits for an image under way.
    @Override
    public void close() {
        var writer = imageWriter.get();
        if (writer != null) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        file.close();
    }
}

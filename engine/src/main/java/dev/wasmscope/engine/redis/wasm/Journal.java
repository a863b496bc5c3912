package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.GuestFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/// A server's journal: the log in segments, and the images with which they begin.
final class Journal implements AutoCloseable {
    /// Log for which a server that closes leaves an image behind.
    private static final long IMAGE_AT_CLOSE = 1 << 20;

    private final JournalFiles files;
    private final JournalFile file;
    private final JournalHeader header;
    private final JournalPolicy policy;
    private final ImageWriter images;
    private int segment;
    private long events;
    private long imageOffset;

    private Journal(JournalFiles files, JournalFile file, JournalHeader header, JournalPolicy policy)
            throws IOException {
        this.files = files;
        this.file = file;
        this.header = header;
        this.policy = policy;
        this.images = new ImageWriter(files, file.head(), header.encode().length, policy);
    }

    /// What an existing journal says it starts from; empty for a file that is not there or empty.
    static Optional<JournalHeader> headerOf(Path path) throws IOException {
        if (!Files.exists(path) || Files.size(path) == 0) {
            return Optional.empty();
        }
        return Optional.of(JournalReader.header(path));
    }

    /// Begins a new journal.
    ///
    /// @throws WasmRedisException when parts of another one lie there
    static Journal begin(Path path, JournalPolicy policy, String module, RedisInstance.Start start) throws IOException {
        var files = new JournalFiles(path);
        var file = JournalFile.open(files, policy.fsync());
        try {
            var strays = files.segments();
            if (!strays.isEmpty()) {
                throw new WasmRedisException(
                        "The journal %s has no beginning, but %s is there: restore %s from a copy, or move the others away."
                                .formatted(path, files.segment(strays.getFirst()), path.getFileName()));
            }
            for (var stray : files.images()) {
                Files.deleteIfExists(files.image(stray));
            }
            var header = new JournalHeader(UUID.randomUUID(), module, start);
            file.begin(header.encode());
            var journal = new Journal(files, file, header, policy);
            journal.imageOffset = file.end();
            return journal;
        } catch (IOException | WasmRedisException e) {
            file.close();
            throw e;
        }
    }

    /// A journal and the instance that it was read into.
    record Restored(Journal journal, RedisInstance redis, Recovery recovery) {}

    /// Reads an existing journal into an instance and goes on writing at its end.
    ///
    /// @throws WasmRedisException when the journal is of another module, or damaged elsewhere than at its end
    static Restored restore(Path path, JournalPolicy policy, String module, Beginning.Starter starter)
            throws IOException {
        var files = new JournalFiles(path);
        var file = JournalFile.open(files, policy.fsync());
        RedisInstance redis = null;
        try (var reader = new JournalReader(files, file.head())) {
            var header = reader.header();
            reader.checkModule(module);
            files.deleteUnfinished();
            var beginning = Beginning.latest(reader);
            redis = beginning.start(header.start(), starter);
            var before = reader.events();
            replay(reader, redis);
            for (var number : beginning.damaged()) {
                files.setAsideImage(number);
            }
            file.continueAt(reader.segment(), reader.offset());
            var journal = new Journal(files, file, header, policy);
            journal.segment = reader.segment().number();
            journal.events = reader.events();
            journal.imageOffset = beginning.image().map(Image::offset).orElse(0L);
            var note = beginning.notes().isEmpty()
                    ? Optional.<String>empty()
                    : Optional.of(String.join(" ", beginning.notes()));
            var recovery =
                    new Recovery(reader.events() - before, beginning.image().isPresent(), reader.tornBytes(), note);
            return new Restored(journal, redis, recovery);
        } catch (IOException | RuntimeException e) {
            if (redis != null) {
                redis.close();
            }
            file.close();
            throw e;
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
        return policy.imageDue(file.end() - imageOffset, memoryBytes) && !images.busy();
    }

    /// Writes an image of the state after all that was appended, on a thread of its own; the log goes on in a new
    /// segment. Once the image is on the disk, what the policy does not keep is dropped.
    void writeImage(RedisInstance.State state) {
        images.await();
        imageOffset = file.end();
        try {
            file.beginSegment(segment + 1, header.id(), events);
        } catch (IOException e) {
            images.failed(segment + 1, e);
            return;
        }
        segment++;
        images.write(segment, new Image(header.id(), header.module(), imageOffset, events, state));
    }

    /// Whether replaying from the last image would take noticeably long.
    boolean worthAnImageAtClose() {
        return file.end() - imageOffset >= IMAGE_AT_CLOSE;
    }

    void awaitImage() {
        images.await();
    }

    JournalStatus status() {
        try {
            return new JournalStatus(
                    files.head(),
                    files.size(),
                    files.segments().size() + 1,
                    files.images().size(),
                    events,
                    images.problem());
        } catch (IOException e) {
            var problem = "The folder of %s cannot be read: %s.".formatted(files.head(), e.getMessage());
            return new JournalStatus(files.head(), 0, 0, 0, events, Optional.of(problem));
        }
    }

    /// Waits for an image under way.
    @Override
    public void close() {
        images.await();
        file.close();
    }
}

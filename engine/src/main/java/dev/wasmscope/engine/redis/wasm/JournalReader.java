package dev.wasmscope.engine.redis.wasm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a journal through its segments, from the beginning or from where an image leads, to the end of what is whole.
final class JournalReader implements AutoCloseable {
    /// A header with its arguments is never longer.
    private static final int MOST_HEADER = 4 << 20;

    private final JournalFiles files;
    private final JournalHeader header;
    /// What lies beside each other: a gap ends the row, and only its later part is of use.
    private final List<Segment> segments = new ArrayList<>();
    private int current;
    private Frames frames;
    private @Nullable EventReader frame;
    private long events;
    private long torn;

    /// @param head stays open, its position is not used
    JournalReader(JournalFiles files, FileChannel head) throws IOException {
        this.files = files;
        var parsed = header(files.head(), head);
        this.header = parsed.header();
        segments.add(Segment.head(files.head(), head, parsed.length()));
        try {
            for (var number : files.segments()) {
                segments.add(Segment.open(files, number, header.id()));
            }
            checkNoneIsMissing();
            this.frames = new Frames(segments.getFirst());
        } catch (IOException | WasmRedisException e) {
            close();
            throw e;
        }
    }

    /// A segment is there before its image is, and the last one is never dropped.
    private void checkNoneIsMissing() throws IOException {
        var images = files.images();
        if (!images.isEmpty() && images.getLast() > segments.getLast().number()) {
            throw new WasmRedisException("The journal %s goes on with %s, which is missing: restore it from a copy."
                    .formatted(files.head(), files.segment(images.getLast())));
        }
    }

    static JournalHeader header(Path path) throws IOException {
        try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
            return header(path, file).header();
        }
    }

    private static JournalHeader.Parsed header(Path path, FileChannel file) throws IOException {
        var start = ByteBuffer.allocate((int) Math.min(file.size(), MOST_HEADER));
        while (start.hasRemaining() && file.read(start, start.position()) >= 0) {
            // Until it is full or the file became shorter.
        }
        return JournalHeader.parse(path.toString(), start.flip());
    }

    JournalFiles files() {
        return files;
    }

    JournalHeader header() {
        return header;
    }

    /// @throws WasmRedisException when the journal was written with another module
    void checkModule(String module) {
        if (!header.module().equals(module)) {
            throw new WasmRedisException(
                    "The journal %s was written by another build of redis.wasm (%s, and this is %s): a replay would not be exact. Use the program that wrote it to SAVE the data, and import the dump."
                            .formatted(files.head(), header.module().substring(0, 12), module.substring(0, 12)));
        }
    }

    /// Whether the first event is still there.
    boolean complete() throws IOException {
        return segments.size() == 1
                || segments.getFirst().end() == segments.get(1).start();
    }

    /// The segment of that number, when everything after its beginning is there.
    @Nullable
    Segment followed(int number) throws IOException {
        for (var i = segments.size() - 1; i >= 0; i--) {
            var segment = segments.get(i);
            if (segment.number() == number) {
                return segment;
            }
            if (i > 0 && segments.get(i - 1).end() != segment.start()) {
                return null;
            }
        }
        return null;
    }

    /// Goes to the beginning of a segment.
    void skipTo(Segment segment) throws IOException {
        current = segments.indexOf(segment);
        frames = new Frames(segment);
        frame = null;
        events = segment.events();
    }

    /// Events read so far, those before an image included.
    long events() {
        return events;
    }

    /// The end of the last whole frame.
    long offset() {
        return frames.offset();
    }

    /// The one that was read last.
    Segment segment() {
        return segments.get(current);
    }

    /// Bytes of a tail that was torn; known at the end.
    long tornBytes() {
        return torn;
    }

    /// @return null at the end
    /// @throws WasmRedisException when bytes in the middle are damaged, with their offset
    @Nullable
    Event next() throws IOException {
        while (frame == null || !frame.more()) {
            var start = frames.offset();
            var payload = frames.next();
            if (payload != null) {
                frame = new EventReader(payload, start + Frames.HEADER);
            } else if (current + 1 < segments.size()) {
                nextSegment();
            } else {
                checkTail();
                return null;
            }
        }
        events++;
        return frame.next();
    }

    private void nextSegment() throws IOException {
        var next = segments.get(current + 1);
        if (frames.rest() > 0) {
            throw damaged();
        }
        if (next.start() != frames.offset()) {
            throw new WasmRedisException(
                    "The journal %s has a gap: it goes on with %s at offset %,d, and what comes before ends at %,d. Restore the file that is missing."
                            .formatted(files.head(), next.path(), next.start(), frames.offset()));
        }
        skipTo(next);
    }

    private void checkTail() throws IOException {
        torn = frames.rest();
        if (torn > 0 && frames.wholeFrameLater()) {
            throw damaged();
        }
    }

    private WasmRedisException damaged() {
        return new WasmRedisException(
                "The journal %s is damaged at offset %,d, and whole turns follow: it was changed after it was written. Restore the file from a copy; nothing was cut."
                        .formatted(segment().path(), frames.offset()));
    }

    /// All but the head.
    @Override
    public void close() throws IOException {
        for (var segment : segments.subList(1, segments.size())) {
            segment.close();
        }
    }
}

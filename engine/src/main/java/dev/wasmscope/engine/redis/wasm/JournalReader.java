package dev.wasmscope.engine.redis.wasm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Reads a journal from the beginning, or from where an image leads, to the end of what is whole.
final class JournalReader {
    /// A header with its arguments is never longer.
    private static final int MOST_HEADER = 4 << 20;

    private final Path path;
    private final JournalHeader header;
    private final FileChannel file;
    private Frames frames;
    private @Nullable EventReader frame;
    private long events;
    private long torn;

    /// @param file stays open, its position is not used
    JournalReader(Path path, FileChannel file) throws IOException {
        this.path = path;
        this.file = file;
        var parsed = header(path, file);
        this.header = parsed.header();
        this.frames = new Frames(file, parsed.length());
    }

    static JournalHeader.Parsed header(Path path) throws IOException {
        try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
            return header(path, file);
        }
    }

    private static JournalHeader.Parsed header(Path path, FileChannel file) throws IOException {
        var start = ByteBuffer.allocate((int) Math.min(file.size(), MOST_HEADER));
        while (start.hasRemaining() && file.read(start, start.position()) >= 0) {
            // Until it is full or the file became shorter.
        }
        return JournalHeader.parse(path.toString(), start.flip());
    }

    JournalHeader header() {
        return header;
    }

    /// @throws WasmRedisException when the journal was written with another module
    void checkModule(String module) {
        if (!header.module().equals(module)) {
            throw new WasmRedisException(
                    "The journal %s was written by another build of redis.wasm (%s, and this is %s): a replay would not be exact. Use the program that wrote it to SAVE the data, and import the dump."
                            .formatted(path, header.module().substring(0, 12), module.substring(0, 12)));
        }
    }

    /// Goes to where an image was taken.
    void skipTo(long offset, long eventsBefore) throws IOException {
        if (offset < frames.offset() || offset > file.size()) {
            throw new WasmRedisException(
                    "The image of %s belongs to offset %,d, and the journal ends at %,d: something was lost at its end. Remove the image to go on with what the journal has."
                            .formatted(path, offset, file.size()));
        }
        frames = new Frames(file, offset);
        events = eventsBefore;
    }

    /// Events read so far, those before an image included.
    long events() {
        return events;
    }

    /// The end of the last whole frame.
    long offset() {
        return frames.offset();
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
            if (payload == null) {
                checkTail();
                return null;
            }
            frame = new EventReader(payload, start + Frames.HEADER);
        }
        events++;
        return frame.next();
    }

    private void checkTail() throws IOException {
        torn = frames.rest();
        if (torn > 0 && frames.wholeFrameLater()) {
            throw new WasmRedisException(
                    "The journal %s is damaged at offset %,d, and whole turns follow: it was changed after it was written. Restore the file from a copy; nothing was cut."
                            .formatted(path, frames.offset()));
        }
    }
}

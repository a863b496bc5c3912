package dev.wasmscope.engine.redis.wasm;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Reads the frames of a segment one after the other. A frame is what one turn wrote: its length, a checksum over the
/// rest, its own offset in the journal, then events.
final class Frames {
    static final int HEADER = 16;
    private static final int SCAN_BYTES = 1 << 20;

    private final Segment segment;
    private final long end;
    private long offset;

    Frames(Segment segment) throws IOException {
        this.segment = segment;
        this.end = segment.end();
        this.offset = segment.start();
    }

    /// Where the next frame begins, or the end of what is whole.
    long offset() {
        return offset;
    }

    static int checksum(long offset, ByteBuffer payload) {
        var crc = new CRC32C();
        for (int i = 0; i < 8; i++) {
            crc.update((int) (offset >>> (8 * i)) & 0xff);
        }
        crc.update(payload.duplicate());
        return (int) crc.getValue();
    }

    /// @return the events of the next frame; null at the end of what is whole
    @Nullable
    ByteBuffer next() throws IOException {
        var payload = frame(offset);
        if (payload != null) {
            offset += HEADER + payload.remaining();
        }
        return payload;
    }

    /// Bytes after the end of what is whole.
    long rest() {
        return end - offset;
    }

    /// Whether a whole frame lies after the end of what is whole: then bytes in the middle are damaged, while a tail
    /// without one was torn when it was written. Every frame knows its own offset, which makes it easy to find.
    boolean wholeFrameLater() throws IOException {
        var bytes = ByteBuffer.allocate(SCAN_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long start = offset + 1; end - start >= HEADER; start += SCAN_BYTES - HEADER) {
            bytes.clear().limit((int) Math.min(SCAN_BYTES, end - start));
            read(bytes, start);
            bytes.flip();
            for (int i = 0; i + HEADER <= bytes.limit(); i++) {
                if (bytes.getLong(i + 8) == start + i && frame(start + i) != null) {
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable ByteBuffer frame(long at) throws IOException {
        if (end - at < HEADER) {
            return null;
        }
        var header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        read(header, at);
        var length = header.getInt(0);
        if (length <= 0 || length > end - at - HEADER || header.getLong(8) != at) {
            return null;
        }
        var payload = ByteBuffer.allocate(length);
        read(payload, at + HEADER);
        payload.flip();
        return checksum(at, payload) == header.getInt(4) ? payload : null;
    }

    private void read(ByteBuffer into, long at) throws IOException {
        var position = segment.position(at);
        while (into.hasRemaining()) {
            var count = segment.file().read(into, position);
            if (count < 0) {
                throw new EOFException("The journal became shorter while it was read.");
            }
            position += count;
        }
    }
}

package dev.wasmscope.engine.wasi;

import com.dylibso.chicory.runtime.Memory;
import dev.wasmscope.engine.spi.WasiValue.Span;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A guest's memory as functions of files and sockets use it: every pointer may be anything, and what leaves the
/// memory is EFAULT before anything was done.
final class WasiMemory {
    private static final int MOST_VECTORS = 1024;
    private static final int VECTOR_BYTES = 8;

    /// Moved between guest and system at once.
    private static final int MOST_BYTES = 1 << 16;

    private final Memory memory;
    private final GuestBytes bytes;

    WasiMemory(Memory memory) {
        this.memory = memory;
        this.bytes = new GuestBytes(memory);
    }

    Span within(long pointer, long length) throws WasiFailure {
        var span = GuestBytes.span(pointer, length);
        if (!bytes.holds(span)) {
            throw new WasiFailure(Errno.FAULT, "The range %s leaves the memory.".formatted(span));
        }
        return span;
    }

    byte[] read(long pointer, long length) throws WasiFailure {
        var span = within(pointer, length);
        return memory.readBytes((int) span.address(), (int) span.length());
    }

    int u8(long pointer) throws WasiFailure {
        return read(pointer, 1)[0] & 0xff;
    }

    int u16(long pointer) throws WasiFailure {
        return u8(pointer) | u8(pointer + 1) << 8;
    }

    long u32(long pointer) throws WasiFailure {
        within(pointer, Integer.BYTES);
        return memory.readInt((int) pointer) & 0xffff_ffffL;
    }

    long u64(long pointer) throws WasiFailure {
        within(pointer, Long.BYTES);
        return memory.readLong((int) pointer);
    }

    void write(long pointer, byte[] from) throws WasiFailure {
        within(pointer, from.length);
        memory.write((int) pointer, from);
    }

    void put16(long pointer, int value) throws WasiFailure {
        write(pointer, new byte[] {(byte) value, (byte) (value >> 8)});
    }

    void put32(long pointer, long value) throws WasiFailure {
        within(pointer, Integer.BYTES);
        memory.writeI32((int) pointer, (int) value);
    }

    void put64(long pointer, long value) throws WasiFailure {
        within(pointer, Long.BYTES);
        memory.writeLong((int) pointer, value);
    }

    /// @param pointer to a list of (address, length)
    List<Span> vectors(long pointer, long count) throws WasiFailure {
        if (Long.compareUnsigned(count, MOST_VECTORS) > 0) {
            throw new WasiFailure(Errno.INVAL, "A call takes up to %d buffers.".formatted(MOST_VECTORS));
        }
        within(pointer, count * VECTOR_BYTES);
        var spans = new ArrayList<Span>();
        for (int i = 0; i < count; i++) {
            var at = pointer + (long) i * VECTOR_BYTES;
            spans.add(within(u32(at), u32(at + Integer.BYTES)));
        }
        return spans;
    }

    /// What the buffers hold from a position on, as much as is moved at once.
    ByteBuffer gather(List<Span> vectors, long from) {
        var left = vectors.stream().mapToLong(Span::length).sum() - from;
        var out = ByteBuffer.allocate((int) Math.max(0, Math.min(left, MOST_BYTES)));
        var skip = from;
        for (var vector : vectors) {
            var skipped = Math.min(skip, vector.length());
            var length = (int) Math.min(vector.length() - skipped, out.remaining());
            skip -= skipped;
            if (length > 0) {
                out.put(memory.readBytes((int) (vector.address() + skipped), length));
            }
        }
        return out.flip();
    }

    /// Room for what is to be received into the buffers from a position on.
    static ByteBuffer room(List<Span> vectors, long from) {
        var left = vectors.stream().mapToLong(Span::length).sum() - from;
        return ByteBuffer.allocate((int) Math.max(0, Math.min(left, MOST_BYTES)));
    }

    /// Puts received bytes into the buffers from a position on.
    void scatter(ByteBuffer received, List<Span> vectors, long from) {
        var skip = from;
        for (var vector : vectors) {
            var skipped = Math.min(skip, vector.length());
            var piece = new byte[(int) Math.min(vector.length() - skipped, received.remaining())];
            skip -= skipped;
            received.get(piece);
            if (piece.length > 0) {
                memory.write((int) (vector.address() + skipped), piece);
            }
        }
    }
}

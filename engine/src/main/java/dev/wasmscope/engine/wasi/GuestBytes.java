package dev.wasmscope.engine.wasi;

import com.dylibso.chicory.runtime.Memory;
import dev.wasmscope.engine.spi.WasiValue.Span;
import org.jspecify.annotations.Nullable;

/// Looks at memory through pointers that a guest passed, which may be anything.
///
/// @param memory null where the module has none
record GuestBytes(@Nullable Memory memory) {
    private static final long PAGE = 65_536;

    static Span span(long pointer, long length) {
        return new Span(pointer & 0xffff_ffffL, length & 0xffff_ffffL);
    }

    boolean holds(Span at) {
        return memory != null && at.address() + at.length() <= memory.pages() * PAGE;
    }

    /// @return at most so many bytes of a range that the memory holds
    byte[] head(Span at, int most) {
        var known = memory;
        if (known == null || !holds(at)) {
            throw new IndexOutOfBoundsException("The range %s leaves the memory.".formatted(at));
        }
        return known.readBytes((int) at.address(), (int) Math.min(at.length(), most));
    }

    long u8(long address) {
        return head(new Span(address, 1), 1)[0] & 0xff;
    }

    long u16(long address) {
        return little(address, 2);
    }

    long u32(long address) {
        return little(address, 4);
    }

    long u64(long address) {
        return little(address, 8);
    }

    private long little(long address, int width) {
        var bytes = head(new Span(address, width), width);
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[i] & 0xff);
        }
        return value;
    }
}

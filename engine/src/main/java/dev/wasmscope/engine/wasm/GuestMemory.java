package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.Memory;
import java.lang.invoke.VarHandle;

/// Loads and stores of compiled guests, called by their classes; see [ShorterPaths]. One comparison for
/// base, offset and size together where memory is plain: HotSpot stops inlining after so many nodes of its
/// graph, and most of a guest's are these.
///
/// Public for these classes alone.
public final class GuestMemory {
    private static final VarHandle SHORTS = LinearMemory.SHORTS;
    private static final VarHandle INTS = LinearMemory.INTS;
    private static final VarHandle LONGS = LinearMemory.LONGS;

    private GuestMemory() {}

    /// For memories of other kinds. A base that is too large stays so.
    private static int address(int base, int offset) {
        return base < 0 ? base : base + offset;
    }

    public static byte memoryReadByte(int base, int offset, Memory memory) {
        return memory instanceof PlainMemory plain
                ? plain.bytes[plain.index(base, offset, 1)]
                : memory.read(address(base, offset));
    }

    public static short memoryReadShort(int base, int offset, Memory memory) {
        return memory instanceof PlainMemory plain
                ? (short) SHORTS.get(plain.bytes, plain.index(base, offset, 2))
                : memory.readShort(address(base, offset));
    }

    public static int memoryReadInt(int base, int offset, Memory memory) {
        return memory instanceof PlainMemory plain
                ? (int) INTS.get(plain.bytes, plain.index(base, offset, 4))
                : memory.readInt(address(base, offset));
    }

    public static long memoryReadLong(int base, int offset, Memory memory) {
        return memory instanceof PlainMemory plain
                ? (long) LONGS.get(plain.bytes, plain.index(base, offset, 8))
                : memory.readLong(address(base, offset));
    }

    public static void memoryWriteByte(int base, byte value, int offset, Memory memory) {
        if (memory instanceof PlainMemory plain) {
            plain.bytes[plain.index(base, offset, 1)] = value;
        } else {
            memory.writeByte(address(base, offset), value);
        }
    }

    public static void memoryWriteShort(int base, short value, int offset, Memory memory) {
        if (memory instanceof PlainMemory plain) {
            SHORTS.set(plain.bytes, plain.index(base, offset, 2), value);
        } else {
            memory.writeShort(address(base, offset), value);
        }
    }

    public static void memoryWriteInt(int base, int value, int offset, Memory memory) {
        if (memory instanceof PlainMemory plain) {
            INTS.set(plain.bytes, plain.index(base, offset, 4), value);
        } else {
            memory.writeI32(address(base, offset), value);
        }
    }

    public static void memoryWriteLong(int base, long value, int offset, Memory memory) {
        if (memory instanceof PlainMemory plain) {
            LONGS.set(plain.bytes, plain.index(base, offset, 8), value);
        } else {
            memory.writeLong(address(base, offset), value);
        }
    }
}

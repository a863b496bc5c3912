package dev.wasmscope.engine.transport.shm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// Where everything is in the file that both sides map, as `docs/shm-protocol.md` has it. The method's name says the
/// memory order.
///
/// Whatever two sides write lies on cache lines of its own, in pairs, because processors fetch them in pairs.
final class RingLayout {
    static final int VERSION = 1;
    /// `WASMRING` in ASCII, read as a little-endian number.
    static final long MAGIC = 0x474E49524D534157L;
    /// Reads otherwise on a machine of the other byte order.
    static final int BYTE_ORDER_MARK = 0x01020304;

    static final long MAGIC_AT = 0x00;
    static final long VERSION_AT = 0x08;
    static final long BYTE_ORDER_AT = 0x0C;
    static final long SIZE_AT = 0x10;
    static final long NONCE_AT = 0x18;
    static final long REQUEST_CAPACITY_AT = 0x20;
    static final long REPLY_CAPACITY_AT = 0x24;
    static final long REQUEST_DATA_AT = 0x28;
    static final long REPLY_DATA_AT = 0x30;
    static final long SERVER_STATE_AT = 0x80;
    static final long CLIENT_STATE_AT = 0xC0;

    /// The control block of each direction, and what is in it.
    static final long REQUESTS = 0x200;

    static final long REPLIES = 0x400;
    static final long TAIL = 0x000;
    static final long HEAD = 0x080;
    static final long CONSUMER_WAITING = 0x100;
    static final long PRODUCER_WAITING = 0x180;

    static final int DATA = 0x1000;
    static final int CAPACITY = 0x10000;
    static final int SIZE = DATA + 2 * CAPACITY;

    /// Values of a state.
    static final int ABSENT = 0;

    static final int PRESENT = 1;
    static final int GONE = 2;

    /// Values of a waiting word: how the side that sleeps wants to be woken.
    static final int AWAKE = 0;

    static final int FUTEX = 1;
    static final int DOORBELL = 2;

    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    private RingLayout() {}

    static long getLong(MemorySegment file, long at) {
        return (long) LONG.getOpaque(file, at);
    }

    static void putLong(MemorySegment file, long at, long value) {
        LONG.setOpaque(file, at, value);
    }

    static long getLongAcquire(MemorySegment file, long at) {
        return (long) LONG.getAcquire(file, at);
    }

    static void putLongRelease(MemorySegment file, long at, long value) {
        LONG.setRelease(file, at, value);
    }

    static int getInt(MemorySegment file, long at) {
        return (int) INT.getOpaque(file, at);
    }

    static void putInt(MemorySegment file, long at, int value) {
        INT.setOpaque(file, at, value);
    }

    static int getIntAcquire(MemorySegment file, long at) {
        return (int) INT.getAcquire(file, at);
    }

    static void putIntRelease(MemorySegment file, long at, int value) {
        INT.setRelease(file, at, value);
    }

    static void putIntVolatile(MemorySegment file, long at, int value) {
        INT.setVolatile(file, at, value);
    }

    static int getAndSetInt(MemorySegment file, long at, int value) {
        return (int) INT.getAndSet(file, at, value);
    }
}

package dev.wasmscope.engine.transport.shm;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// What both ends of one direction know of it.
///
/// @param file that both sides have mapped
/// @param control where the direction's control block begins
/// @param data the ring's bytes, a power of two of them
record RingEnd(MemorySegment file, long control, ByteBuffer data) {
    int capacity() {
        return data.capacity();
    }

    /// Where the byte of this position is.
    int at(long position) {
        return (int) position & (data.capacity() - 1);
    }

    long acquire(long word) {
        return RingLayout.getLongAcquire(file, control + word);
    }

    void release(long word, long position) {
        RingLayout.putLongRelease(file, control + word, position);
    }

    WaitingWord waiting(long word) {
        return new WaitingWord(file, control + word);
    }
}

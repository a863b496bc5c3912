package dev.wasmscope.engine.transport.shm;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/// The end of a ring where bytes come out. One thread at a time; the counterpart of [RingProducer].
final class RingConsumer {
    private final MemorySegment file;
    private final long control;
    private final ByteBuffer data;
    private final int capacity;
    private long head;
    private long seenTail;

    RingConsumer(MemorySegment file, long control, ByteBuffer data) {
        this.file = file;
        this.control = control;
        this.data = data;
        capacity = data.capacity();
    }

    boolean hasBytes() {
        if (seenTail != head) {
            return true;
        }
        seenTail = RingLayout.getLongAcquire(file, control + RingLayout.TAIL);
        return seenTail != head;
    }

    /// Takes what is there and fits.
    ///
    /// @return how many bytes that were
    int read(ByteBuffer target) throws RingBrokenException {
        if (!hasBytes()) {
            return 0;
        }
        var there = seenTail - head;
        if (there < 0 || there > capacity) {
            throw new RingBrokenException("tail", seenTail, head, capacity);
        }
        var count = (int) Math.min(there, target.remaining());
        var to = target.position();
        var at = (int) head & (capacity - 1);
        var first = Math.min(count, capacity - at);
        target.put(to, data, at, first);
        target.put(to + first, data, 0, count - first);
        target.position(to + count);
        head += count;
        RingLayout.putLongRelease(file, control + RingLayout.HEAD, head);
        return count;
    }

    /// To be asked after reading.
    ///
    /// @return how the producer, if it sleeps, wants to be woken; it is told only once
    int producerSleeps() {
        VarHandle.fullFence();
        var word = control + RingLayout.PRODUCER_WAITING;
        return RingLayout.getInt(file, word) == RingLayout.AWAKE
                ? RingLayout.AWAKE
                : RingLayout.getAndSetInt(file, word, RingLayout.AWAKE);
    }

    /// Says how this side wants to be woken when there are bytes; [#hasBytes()] has to be asked once more after it.
    void sleeps(int how) {
        RingLayout.putIntVolatile(file, control + RingLayout.CONSUMER_WAITING, how);
        VarHandle.fullFence();
    }

    /// Where the producer's futex is.
    long producerWord() {
        return file.address() + control + RingLayout.PRODUCER_WAITING;
    }

    long ownWord() {
        return file.address() + control + RingLayout.CONSUMER_WAITING;
    }
}

package dev.wasmscope.engine.transport.shm;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// The end of a ring where bytes come out. One thread at a time; the counterpart of [RingProducer].
final class RingConsumer {
    private final MemorySegment file;
    private final long control;
    private final ByteBuffer data;
    private final int capacity;
    private final WaitingWord producerWaiting;
    private final WaitingWord ownWaiting;
    private long head;
    private long seenTail;

    RingConsumer(MemorySegment file, long control, ByteBuffer data) {
        this.file = file;
        this.control = control;
        this.data = data;
        capacity = data.capacity();
        producerWaiting = new WaitingWord(file, control + RingLayout.PRODUCER_WAITING);
        ownWaiting = new WaitingWord(file, control + RingLayout.CONSUMER_WAITING);
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

    /// The writing side's, to be asked after reading.
    WaitingWord producerWaiting() {
        return producerWaiting;
    }

    /// This side's, for when there are no bytes.
    WaitingWord ownWaiting() {
        return ownWaiting;
    }
}

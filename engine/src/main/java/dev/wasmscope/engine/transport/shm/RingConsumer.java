package dev.wasmscope.engine.transport.shm;

import java.nio.ByteBuffer;

/// The end of a ring where bytes come out. One thread at a time; the counterpart of [RingProducer].
final class RingConsumer {
    private final RingEnd ring;
    private final ByteBuffer view;
    private final WaitingWord producerWaiting;
    private final WaitingWord ownWaiting;
    private long head;
    private long seenTail;

    RingConsumer(RingEnd ring) {
        this.ring = ring;
        view = ring.data().duplicate();
        producerWaiting = ring.waiting(RingLayout.PRODUCER_WAITING);
        ownWaiting = ring.waiting(RingLayout.CONSUMER_WAITING);
    }

    boolean hasBytes() {
        if (seenTail != head) {
            return true;
        }
        seenTail = ring.acquire(RingLayout.TAIL);
        return seenTail != head;
    }

    private int there() throws RingBrokenException {
        if (!hasBytes()) {
            return 0;
        }
        var there = seenTail - head;
        if (there < 0 || there > ring.capacity()) {
            throw new RingBrokenException("tail", seenTail, head, ring.capacity());
        }
        return (int) there;
    }

    /// Takes what is there and fits.
    ///
    /// @return how many bytes that were
    int read(ByteBuffer target) throws RingBrokenException {
        var count = Math.min(there(), target.remaining());
        if (count == 0) {
            return 0;
        }
        var to = target.position();
        var at = ring.at(head);
        var first = Math.min(count, ring.capacity() - at);
        target.put(to, ring.data(), at, first);
        target.put(to + first, ring.data(), 0, count - first);
        target.position(to + count);
        publish(head + count);
        return count;
    }

    /// The bytes that are there, up to the ring's edge; the same buffer each time.
    ByteBuffer window() throws RingBrokenException {
        var there = there();
        var at = ring.at(head);
        return view.limit(Math.min(ring.capacity(), at + there)).position(at);
    }

    /// Lets go of bytes of the window.
    void skip(int bytes) throws RingBrokenException {
        if (bytes < 0 || bytes > there()) {
            throw new IndexOutOfBoundsException("%d of %d bytes".formatted(bytes, there()));
        }
        publish(head + bytes);
    }

    private void publish(long position) {
        head = position;
        ring.release(RingLayout.HEAD, position);
    }

    int capacity() {
        return ring.capacity();
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

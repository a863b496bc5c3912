package dev.wasmscope.engine.transport.shm;

import java.nio.ByteBuffer;

/// The end of a ring where bytes go in. One thread at a time.
///
/// Positions are counts of bytes since the beginning and never wrap. This side's own is kept here and only published:
/// what the other side does to it in the file has no effect here.
final class RingProducer {
    private final RingEnd ring;
    private final WaitingWord consumerWaiting;
    private final WaitingWord ownWaiting;
    private long tail;
    private long seenHead;

    RingProducer(RingEnd ring) {
        this.ring = ring;
        consumerWaiting = ring.waiting(RingLayout.CONSUMER_WAITING);
        ownWaiting = ring.waiting(RingLayout.PRODUCER_WAITING);
    }

    /// Puts in as much as there is room for.
    ///
    /// @return how many bytes that were
    int write(ByteBuffer source) throws RingBrokenException {
        var wanted = source.remaining();
        var count = Math.min(wanted, room(wanted));
        if (count == 0) {
            return 0;
        }
        var from = source.position();
        var at = ring.at(tail);
        var first = Math.min(count, ring.capacity() - at);
        ring.data().put(at, source, from, first);
        ring.data().put(0, source, from + first, count - first);
        source.position(from + count);
        tail += count;
        ring.release(RingLayout.TAIL, tail);
        return count;
    }

    boolean hasRoom() throws RingBrokenException {
        return room(1) > 0;
    }

    /// Asks the other side again only when what is known does not suffice.
    private int room(int wanted) throws RingBrokenException {
        var room = ring.capacity() - (tail - seenHead);
        if (room < wanted) {
            var head = ring.acquire(RingLayout.HEAD);
            room = ring.capacity() - (tail - head);
            if (head < seenHead || room < 0 || room > ring.capacity()) {
                throw new RingBrokenException("head", head, tail, ring.capacity());
            }
            seenHead = head;
        }
        return (int) room;
    }

    int capacity() {
        return ring.capacity();
    }

    /// The reading side's, to be asked after writing.
    WaitingWord consumerWaiting() {
        return consumerWaiting;
    }

    /// This side's, for when there is no room.
    WaitingWord ownWaiting() {
        return ownWaiting;
    }
}

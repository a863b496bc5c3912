package dev.wasmscope.engine.transport.shm;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// The end of a ring where bytes go in. One thread at a time.
///
/// Positions are counts of bytes since the beginning and never wrap. This side's own is kept here and only published:
/// what the other side does to it in the file has no effect here.
final class RingProducer {
    private final MemorySegment file;
    private final long control;
    private final ByteBuffer data;
    private final int capacity;
    private final WaitingWord consumerWaiting;
    private final WaitingWord ownWaiting;
    private long tail;
    private long seenHead;

    /// @param control where the direction's control block begins
    /// @param data the ring's bytes, a power of two of them
    RingProducer(MemorySegment file, long control, ByteBuffer data) {
        this.file = file;
        this.control = control;
        this.data = data;
        capacity = data.capacity();
        consumerWaiting = new WaitingWord(file, control + RingLayout.CONSUMER_WAITING);
        ownWaiting = new WaitingWord(file, control + RingLayout.PRODUCER_WAITING);
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
        var at = (int) tail & (capacity - 1);
        var first = Math.min(count, capacity - at);
        data.put(at, source, from, first);
        data.put(0, source, from + first, count - first);
        source.position(from + count);
        tail += count;
        RingLayout.putLongRelease(file, control + RingLayout.TAIL, tail);
        return count;
    }

    boolean hasRoom() throws RingBrokenException {
        return room(1) > 0;
    }

    /// Asks the other side again only when what is known does not suffice.
    private int room(int wanted) throws RingBrokenException {
        var room = capacity - (tail - seenHead);
        if (room < wanted) {
            var head = RingLayout.getLongAcquire(file, control + RingLayout.HEAD);
            room = capacity - (tail - head);
            if (head < seenHead || room < 0 || room > capacity) {
                throw new RingBrokenException("head", head, tail, capacity);
            }
            seenHead = head;
        }
        return (int) room;
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

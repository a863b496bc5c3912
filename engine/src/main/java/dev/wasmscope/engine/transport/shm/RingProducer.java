package dev.wasmscope.engine.transport.shm;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
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
    private long tail;
    private long seenHead;

    /// @param control where the direction's control block begins
    /// @param data the ring's bytes, a power of two of them
    RingProducer(MemorySegment file, long control, ByteBuffer data) {
        this.file = file;
        this.control = control;
        this.data = data;
        capacity = data.capacity();
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

    /// To be asked after writing.
    ///
    /// @return how the consumer, if it sleeps, wants to be woken; it is told only once
    int consumerSleeps() {
        // Against the consumer's own order: it says that it sleeps and then looks at the tail once more.
        VarHandle.fullFence();
        var word = control + RingLayout.CONSUMER_WAITING;
        return RingLayout.getInt(file, word) == RingLayout.AWAKE
                ? RingLayout.AWAKE
                : RingLayout.getAndSetInt(file, word, RingLayout.AWAKE);
    }

    /// Says how this side wants to be woken when there is room; [#hasRoom()] has to be asked once more after it.
    void sleeps(int how) {
        RingLayout.putIntVolatile(file, control + RingLayout.PRODUCER_WAITING, how);
        VarHandle.fullFence();
    }

    /// Where the consumer's futex is.
    long consumerWord() {
        return file.address() + control + RingLayout.CONSUMER_WAITING;
    }

    long ownWord() {
        return file.address() + control + RingLayout.PRODUCER_WAITING;
    }
}

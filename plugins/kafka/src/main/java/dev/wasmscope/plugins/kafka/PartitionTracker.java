package dev.wasmscope.plugins.kafka;

import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;

/// What of a partition is being worked at, and up to where it may be committed: never beyond the lowest offset that is
/// not finished. The consumer's thread adds and commits; workers begin and end.
final class PartitionTracker {
    private final TopicPartition partition;
    private final ArrayDeque<Task.Slot> slots = new ArrayDeque<>();
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean revoked;
    private long low = -1;
    private long committed = -1;

    PartitionTracker(TopicPartition partition) {
        this.partition = partition;
    }

    TopicPartition partition() {
        return partition;
    }

    Task.Slot add(long offset) {
        if (!slots.isEmpty() && offset <= slots.getLast().offset()) {
            throw new IllegalStateException("%s: offset %d came after %d."
                    .formatted(partition, offset, slots.getLast().offset()));
        }
        var slot = new Task.Slot(offset);
        slots.add(slot);
        if (low < 0) {
            low = offset;
        }
        return slot;
    }

    /// Tasks that were taken and are not finished, and finished ones behind such.
    int pending() {
        settle();
        return slots.size();
    }

    /// The offset to commit, when it differs from what was committed.
    OptionalLong toCommit() {
        settle();
        return low < 0 || low == committed ? OptionalLong.empty() : OptionalLong.of(low);
    }

    void committed(long offset) {
        committed = offset;
    }

    private void settle() {
        while (!slots.isEmpty() && slots.getFirst().done()) {
            low = slots.removeFirst().offset() + 1;
        }
        if (!slots.isEmpty()) {
            low = slots.getFirst().offset();
        }
    }

    /// A worker starts with a task.
    ///
    /// @return false when the partition is another's by now: the task must be left alone
    boolean begin() {
        running.incrementAndGet();
        if (revoked) {
            running.decrementAndGet();
            return false;
        }
        return true;
    }

    /// A worker is through with a task, whether it is finished or not.
    void end() {
        running.decrementAndGet();
    }

    /// No worker begins another task of it.
    void revoke() {
        revoked = true;
    }

    boolean revoked() {
        return revoked;
    }

    boolean idle() {
        return running.get() == 0;
    }
}

package dev.wasmscope.plugins.kafka;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One record, on its way through a worker.
///
/// @param key null where the producer gave none
/// @param value raw, as the processor gets it
/// @param slot its place among what is to be committed
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Task(byte @Nullable [] key, byte[] value, TaskMetadata metadata, PartitionTracker tracker, Slot slot) {
    /// Where a task stands in its partition.
    static final class Slot {
        private final long offset;
        private volatile boolean done;

        Slot(long offset) {
            this.offset = offset;
        }

        long offset() {
            return offset;
        }

        boolean done() {
            return done;
        }

        /// It need not be given to anyone again.
        void finish() {
            done = true;
        }
    }

    /// Tasks of one key go to one worker; those without a key to any.
    int worker(int workers) {
        var hash = key == null ? Long.hashCode(slot.offset) : Arrays.hashCode(key);
        return Math.floorMod((hash * 0x9e3779b1) >>> 7, workers);
    }

    String place() {
        return "%s-%d offset %d"
                .formatted(tracker.partition().topic(), tracker.partition().partition(), slot.offset);
    }
}

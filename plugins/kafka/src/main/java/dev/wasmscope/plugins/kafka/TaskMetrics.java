package dev.wasmscope.plugins.kafka;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/// Counts of one runner. Written by its threads, read by any.
final class TaskMetrics {
    private final LongAdder taken = new LongAdder();
    private final LongAdder processed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder dead = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    private final Map<String, Long> lag = new ConcurrentHashMap<>();
    private volatile String lastFailure = "";

    /// @param taken tasks that came from the brokers
    /// @param processed tasks that are through
    /// @param failed attempts that ended otherwise
    /// @param retried tasks that were put off after a failed attempt
    /// @param dead tasks that were given up
    /// @param meanMicros of an attempt
    /// @param longestMicros of an attempt
    /// @param lag tasks before the end of each partition that are not committed, by `topic-partition`
    /// @param lastFailure a sentence; empty while there was none
    record Snapshot(
            long taken,
            long processed,
            long failed,
            long retried,
            long dead,
            double meanMicros,
            double longestMicros,
            Map<String, Long> lag,
            String lastFailure) {}

    void taken(int count) {
        taken.add(count);
    }

    void attempt(TaskOutcome outcome, long took) {
        nanos.add(took);
        longest.accumulate(took);
        switch (outcome) {
            case TaskOutcome.Done _ -> processed.increment();
            case TaskOutcome.Failed(var reason) -> {
                failed.increment();
                lastFailure = reason;
            }
        }
    }

    void retried() {
        retried.increment();
    }

    void dead() {
        dead.increment();
    }

    void lag(String partition, long tasks) {
        lag.put(partition, tasks);
    }

    void left(String partition) {
        lag.remove(partition);
    }

    Snapshot snapshot() {
        var done = processed.sum();
        var attempts = done + failed.sum();
        return new Snapshot(
                taken.sum(),
                done,
                failed.sum(),
                retried.sum(),
                dead.sum(),
                attempts == 0 ? 0 : nanos.sum() / 1e3 / attempts,
                longest.get() / 1e3,
                new TreeMap<>(lag),
                lastFailure);
    }
}

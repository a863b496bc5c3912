package dev.wasmscope.plugins.kafka;

import dev.wasmscope.engine.spi.metrics.DurationBuckets;
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
    private final DurationBuckets durations = new DurationBuckets();
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
    /// @param atMost attempts by their time, as [DurationBuckets#atMost()] has it
    /// @param sumNanos of all attempts
    /// @param lag tasks before the end of each partition that are not committed, by `topic-partition`
    /// @param lastFailure a sentence; empty while there was none
    @SuppressWarnings("ArrayRecordComponent") // a copy that is handed over, never compared
    record Snapshot(
            long taken,
            long processed,
            long failed,
            long retried,
            long dead,
            double meanMicros,
            double longestMicros,
            long[] atMost,
            double sumNanos,
            Map<String, Long> lag,
            String lastFailure) {}

    void taken(int count) {
        taken.add(count);
    }

    void attempt(TaskOutcome outcome, long took) {
        durations.record(took);
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
        var nanos = durations.sumNanos();
        return new Snapshot(
                taken.sum(),
                done,
                failed.sum(),
                retried.sum(),
                dead.sum(),
                attempts == 0 ? 0 : nanos / 1e3 / attempts,
                longest.get() / 1e3,
                durations.atMost(),
                nanos,
                new TreeMap<>(lag),
                lastFailure);
    }
}

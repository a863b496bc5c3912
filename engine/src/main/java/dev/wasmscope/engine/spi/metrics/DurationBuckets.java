package dev.wasmscope.engine.spi.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/// Durations of one kind, counted by how long they were. Any thread records, any looks.
public final class DurationBuckets {
    private static final long[] ENDS = {
        5_000,
        10_000,
        25_000,
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        25_000_000,
        50_000_000,
        100_000_000,
        250_000_000,
        500_000_000,
        1_000_000_000,
        2_500_000_000L,
        10_000_000_000L
    };

    private final LongAdder[] counts = new LongAdder[ENDS.length + 1];
    private final LongAdder sum = new LongAdder();

    public DurationBuckets() {
        Arrays.setAll(counts, _ -> new LongAdder());
    }

    /// Upper ends in nanoseconds, from 5 µs to 10 s.
    public static long[] ends() {
        return ENDS.clone();
    }

    public void record(long nanos) {
        var found = Arrays.binarySearch(ENDS, nanos);
        counts[found < 0 ? -found - 1 : found].increment();
        sum.add(nanos);
    }

    /// How many took at most as long as each of [#ends()], and behind them how many there were.
    public long[] atMost() {
        var all = new long[counts.length];
        for (var i = 0; i < counts.length; i++) {
            all[i] = counts[i].sum() + (i == 0 ? 0 : all[i - 1]);
        }
        return all;
    }

    public double sumNanos() {
        return (double) sum.sum();
    }
}

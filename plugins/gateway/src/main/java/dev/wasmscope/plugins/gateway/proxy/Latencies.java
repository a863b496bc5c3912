package dev.wasmscope.plugins.gateway.proxy;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// Durations of one kind since the gateway began: recorded by many threads, added up by those who look.
public final class Latencies {
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;

    private final Recorder recorder = new Recorder(LONGEST, DIGITS);
    private final Histogram total = new Histogram(LONGEST, DIGITS);

    void record(long nanos) {
        recorder.recordValue(Math.clamp(nanos, 0, LONGEST));
    }

    /// @param sumNanos of all durations, each with three digits
    public record Summary(long count, long p50, long p90, long p99, long max, double sumNanos) {}

    public synchronized Summary summary() {
        var all = all();
        return new Summary(
                all.getTotalCount(),
                all.getValueAtPercentile(50),
                all.getValueAtPercentile(90),
                all.getValueAtPercentile(99),
                all.getMaxValue(),
                all.getMean() * all.getTotalCount());
    }

    /// How many took at most so long.
    synchronized long[] atMost(long[] nanos) {
        var all = all();
        var counts = new long[nanos.length];
        for (var i = 0; i < nanos.length; i++) {
            counts[i] = all.getTotalCount() == 0 ? 0 : all.getCountBetweenValues(0, nanos[i]);
        }
        return counts;
    }

    private Histogram all() {
        total.add(recorder.getIntervalHistogram());
        return total;
    }
}

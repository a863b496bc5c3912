package dev.wasmscope.engine.latency;

import org.HdrHistogram.Histogram;

/// Makes a distribution of latencies that are known some other way.
public final class DistributionBuilder {
    private static final int POINTS = 1000;

    private final Histogram histogram = Distribution.newHistogram();

    /// @param micros 0 and longer than ten minutes count as the nearest that can be kept
    /// @param count 0 or more
    public void add(double micros, long count) {
        if (count > 0) {
            long nanos = Math.clamp(Math.round(micros * 1000), 1, Distribution.HIGHEST_NANOS);
            histogram.recordValueWithCount(nanos, count);
        }
    }

    /// Adds 1,000 samples along the straight lines between quantiles, so that a p99 can be read and anything finer
    /// counts as too weak.
    ///
    /// @param levels ascending, from 0 to 1
    /// @param micros one a level
    public void between(double[] levels, double[] micros) {
        int right = 1;
        for (int i = 0; i < POINTS; i++) {
            double level = (i + 1.0) / POINTS;
            while (right < levels.length - 1 && levels[right] < level) {
                right++;
            }
            double part = (level - levels[right - 1]) / (levels[right] - levels[right - 1]);
            add(micros[right - 1] + part * (micros[right] - micros[right - 1]), 1);
        }
    }

    /// Adds what HdrHistogram's tools have encoded, in base64.
    ///
    /// @param nanosEach what one of its units is
    /// @throws IllegalArgumentException with a sentence
    public void addEncoded(String base64, double nanosEach) {
        for (var value : Distribution.decodeForeign(base64).recordedValues()) {
            add(value.getValueIteratedTo() * nanosEach / 1000, value.getCountAtValueIteratedTo());
        }
    }

    public Distribution build() {
        return new Distribution(histogram.copy());
    }
}

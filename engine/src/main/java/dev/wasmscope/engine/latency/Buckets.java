package dev.wasmscope.engine.latency;

/// Which latencies a histogram of ours takes for one: HdrHistogram's rule for values from 1 with three digits.
final class Buckets {
    /// Two times a thousand, the next power of two: as many values as are told apart one by one.
    private static final int FIRST = 2048;

    private static final int HALF = FIRST / 2;
    private static final int HALF_BITS = Integer.numberOfTrailingZeros(HALF);

    /// How many there are.
    static final int LENGTH = length();

    private Buckets() {}

    private static int length() {
        int doublings = 1;
        for (long end = FIRST; end <= Distribution.HIGHEST_NANOS; end <<= 1) {
            doublings++;
        }
        return (doublings + 1) * HALF;
    }

    /// The lowest value of a bucket.
    ///
    /// @param index 0 to [#LENGTH] - 1
    static long lowest(int index) {
        int doubling = (index >> HALF_BITS) - 1;
        return doubling < 0 ? index : (long) ((index & (HALF - 1)) + HALF) << doubling;
    }

    /// The lowest value of the bucket that a value is in.
    static long lowest(long value) {
        return value & -width(value);
    }

    /// @param lowest of its bucket, as below
    static long highest(long lowest) {
        return lowest + width(lowest) - 1;
    }

    static long middle(long lowest) {
        return lowest + (width(lowest) >> 1);
    }

    /// How many values are one.
    private static long width(long value) {
        return 1L << Math.max(0, Long.SIZE - 1 - HALF_BITS - Long.numberOfLeadingZeros(value));
    }
}

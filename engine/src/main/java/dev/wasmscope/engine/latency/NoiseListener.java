package dev.wasmscope.engine.latency;

/// Looks at the clock again and again and keeps what lies between two looks.
final class NoiseListener {
    private static final long WARM_UP_NANOS = 60_000_000;
    private static final long LONG_NANOS = 250_000_000;

    private NoiseListener() {}

    static ProbeLine.Noise listen() {
        var gaps = Distribution.newHistogram();
        // The first looks are the interpreter's.
        listen(gaps, WARM_UP_NANOS);
        gaps.reset();
        long nanos = listen(gaps, LONG_NANOS);
        return new ProbeLine.Noise(nanos, Distribution.encode(gaps));
    }

    private static long listen(org.HdrHistogram.Histogram gaps, long nanos) {
        long begin = System.nanoTime();
        long before = begin;
        while (before - begin < nanos) {
            long now = System.nanoTime();
            gaps.recordValue(Math.clamp(now - before, 1, Distribution.HIGHEST_NANOS));
            // What recording took is not the machine's doing.
            before = System.nanoTime();
        }
        return before - begin;
    }
}

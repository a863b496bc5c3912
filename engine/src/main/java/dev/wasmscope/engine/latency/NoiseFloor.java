package dev.wasmscope.engine.latency;

/// What the machine takes from a thread that only looks at the clock, as sysjitter and hiccup meters measure it: time
/// between two looks, taken just before a run. No latency below it says anything about a server.
///
/// @param gaps time from one look at the clock to the next
/// @param seconds it was looked for
public record NoiseFloor(Distribution gaps, double seconds) {
    /// How long a moment picked at random is held up at most in so many of a hundred cases: the gaps weighed by their
    /// length, as long ones are met more often. In microseconds.
    ///
    /// @param percentile 0 to 100
    public double micros(double percentile) {
        return gaps.weighed(percentile);
    }

    /// Whether this percentile of the latencies may be the machine's doing.
    public boolean covers(Distribution latency, double percentile) {
        var value = latency.percentile(percentile);
        return value != null && value <= micros(percentile);
    }
}

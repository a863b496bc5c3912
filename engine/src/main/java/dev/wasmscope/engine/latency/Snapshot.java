package dev.wasmscope.engine.latency;

import java.util.List;
import java.util.Optional;

/// What a [Recorder] held at one moment. Times are seconds since the probe began.
///
/// @param startedMillis wall clock at second 0, in milliseconds since 1970; 0 before the probe is ready
/// @param seconds until the end of the latest block
/// @param settings in force
/// @param changes when settings were turned, in order
/// @param noise of the machine just before; empty before it was measured
/// @param warmUp empty before its planned time is over; of repeats the longest
public record Snapshot(
        long startedMillis,
        double seconds,
        Settings settings,
        List<Change> changes,
        List<Series> series,
        Optional<NoiseFloor> noise,
        Optional<WarmUp> warmUp) {
    public Snapshot(long startedMillis, double seconds, Settings settings, List<Change> changes, List<Series> series) {
        this(startedMillis, seconds, settings, changes, series, Optional.empty(), Optional.empty());
    }

    /// @param seconds when `settings` took over from `before`
    public record Change(double seconds, Settings before, Settings settings) {}

    /// One series: its curve, and everything since the warm-up and the last change in one distribution.
    ///
    /// @param service from the actual send; empty (no samples) in the closed loop
    /// @param missed planned sends that were given up because the server was too far behind
    /// @param measuredSeconds time of its own blocks that the distribution covers
    public record Series(
            PlannedSeries series,
            Curve curve,
            Distribution latency,
            Distribution service,
            long missed,
            double measuredSeconds,
            CpuUse cpu) {
        /// Replies a second while its blocks ran; 0 before there were any.
        public double perSecond() {
            return measuredSeconds == 0 ? 0 : latency.samples() / measuredSeconds;
        }
    }

    /// Points in time, one a bin. Arrays of equal length that belong to the receiver.
    ///
    /// @param seconds middle of each bin
    /// @param p50 microseconds
    /// @param p99 microseconds
    /// @param warm whether it belongs to the warm-up
    @SuppressWarnings("ArrayRecordComponent") // thousands of points ten times a second; never compared
    public record Curve(double[] seconds, double[] p50, double[] p99, boolean[] warm) {
        public int size() {
            return seconds.length;
        }
    }
}

package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.Snapshot;

/// The stretch of a run that a chart shows, in seconds since it began.
///
/// @param toNow counts backwards from the end: `-60 s` to `0 s`
public record TimeSpan(double from, double to, boolean toNow) {
    /// The last so many seconds.
    public static TimeSpan last(double seconds, Snapshot snapshot) {
        return new TimeSpan(snapshot.seconds() - seconds, snapshot.seconds(), true);
    }

    /// From the beginning to the end.
    public static TimeSpan whole(Snapshot snapshot) {
        return new TimeSpan(0, Math.max(1, snapshot.seconds()), false);
    }

    double shown(double second) {
        return toNow ? second - to : second;
    }
}

package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.Recording;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.latency.statistics.Intervals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a sweep found, value by value.
///
/// @param points in the order in which they were measured; fewer than planned when the sweep was ended early
public record Sweeping(Sweep.Of of, List<Point> points) {
    /// The run at one value.
    public record Point(double value, Snapshot snapshot, Intervals intervals) {
        /// Takes up to a second.
        public static Point of(double value, Recording run) {
            return new Point(value, run.snapshot(), Intervals.of(run));
        }
    }

    public Sweeping {
        points = List.copyOf(points);
    }

    /// Empty for a single run. Takes up to a second for each value.
    static Optional<Sweeping> of(Measurement measurement) {
        var sweep = measurement.sweep();
        if (sweep == null) {
            return Optional.empty();
        }
        var points = new ArrayList<Point>();
        for (int i = 0; i < measurement.points().size(); i++) {
            points.add(Point.of(sweep.values().get(i), measurement.points().get(i)));
        }
        return Optional.of(new Sweeping(sweep.of(), points));
    }
}

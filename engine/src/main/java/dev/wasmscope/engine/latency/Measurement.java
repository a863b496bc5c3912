package dev.wasmscope.engine.latency;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one job measured: a run, repeats of it, or a sweep, and what was laid over it.
///
/// @param sweep null for a single run
/// @param points one a value of the sweep in its order, fewer when it was ended early; one without a sweep
/// @param overlays from other tools
public record Measurement(@Nullable Sweep sweep, List<Recording> points, List<ImportedSeries> overlays) {
    public Measurement {
        points = List.copyOf(points);
        overlays = List.copyOf(overlays);
        if (points.isEmpty()
                || points.size() > (sweep == null ? 1 : sweep.values().size())) {
            throw new IllegalArgumentException("A measurement has a point for each value, not " + points.size());
        }
    }

    public static Measurement of(Recording recording) {
        return new Measurement(null, List.of(recording), List.of());
    }

    public Measurement with(List<ImportedSeries> more) {
        return new Measurement(sweep, points, more);
    }

    /// The run that is shown when one is: without a sweep the only one, else the first.
    public Recording first() {
        return points.getFirst();
    }

    /// The run at a value of the sweep; empty when the job ended before it.
    public Optional<Recording> at(int value) {
        return value < points.size() ? Optional.of(points.get(value)) : Optional.empty();
    }
}

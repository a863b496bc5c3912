package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.RecordedBlock;
import dev.wasmscope.engine.latency.Recording;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.report.Numbers;
import dev.wasmscope.engine.report.Sweeping;
import java.util.Optional;

/// Which value of a sweep is measured.
///
/// @param at index of the value
record SweepStep(Sweep sweep, int at) {
    static SweepStep first(Sweep sweep) {
        return new SweepStep(sweep, 0);
    }

    Optional<SweepStep> next() {
        return at + 1 < sweep.values().size() ? Optional.of(new SweepStep(sweep, at + 1)) : Optional.empty();
    }

    /// The plan with this value.
    LatencyPlan in(LatencyPlan plan) {
        return sweep.of().in(plan, value());
    }

    /// `1000 requests/s (2 of 4)`.
    String title() {
        var closed = sweep.of() == Sweep.Of.RATE && value() == 0;
        return "%s (%d of %d)"
                .formatted(
                        closed
                                ? "closed loop"
                                : Numbers.plain(value()) + " " + sweep.of().unit(),
                        at + 1,
                        sweep.values().size());
    }

    /// A value's run with what was worked out of it.
    record Measured(Sweep sweep, Recording run, Sweeping.Point point) {}

    /// Takes up to a second.
    Measured point(Recording run) {
        return new Measured(sweep, run, Sweeping.Point.of(value(), run));
    }

    /// Of a run that may have been stopped before it had numbers.
    Optional<Measured> last(Recording run) {
        return run.blocks(0).stream().anyMatch(RecordedBlock::counted) ? Optional.of(point(run)) : Optional.empty();
    }

    private double value() {
        return sweep.values().get(at);
    }
}

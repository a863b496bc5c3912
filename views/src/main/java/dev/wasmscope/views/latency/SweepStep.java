package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.report.Numbers;
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

    private double value() {
        return sweep.values().get(at);
    }
}

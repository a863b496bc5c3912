package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.Distribution;
import dev.wasmscope.engine.latency.statistics.Intervals;
import dev.wasmscope.engine.latency.statistics.Span;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one number of a distribution that bars compare.
public enum Statistic {
    P50("p50", "Median"),
    P99("p99", "99th percentile"),
    MEAN("mean", "Mean");

    private final String id;
    private final String title;

    Statistic(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /// As tables head their columns: `p50`.
    public String id() {
        return id;
    }

    /// As a sentence begins: `Median`.
    public String title() {
        return title;
    }

    /// Where it would lie in 95 of 100 runs; empty where that is not known, as of a mean.
    Optional<Span> of(Intervals intervals, int series) {
        return switch (this) {
            case P50 -> intervals.p50(series);
            case P99 -> intervals.p99(series);
            case MEAN -> Optional.empty();
        };
    }

    /// Microseconds; null where too few samples support it.
    @Nullable
    Double of(Distribution distribution) {
        return switch (this) {
            case P50 -> distribution.percentile(50);
            case P99 -> distribution.percentile(99);
            case MEAN ->
                distribution.samples() == 0 ? null : (Double) distribution.row().mean();
        };
    }
}

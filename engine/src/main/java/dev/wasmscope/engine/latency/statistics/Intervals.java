package dev.wasmscope.engine.latency.statistics;

import dev.wasmscope.engine.latency.Recording;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Where the median and the 99th percentile of every series would lie in 95 of 100 runs, in microseconds.
///
/// @param p50 one a series in the run's order, empty where too few samples or blocks support it; `p99`: the same
public record Intervals(List<Optional<Span>> p50, List<Optional<Span>> p99) {
    /// Of a run that goes on, or of which only the sums are known.
    public static final Intervals UNKNOWN = new Intervals(List.of(), List.of());

    public Intervals {
        p50 = List.copyOf(p50);
        p99 = List.copyOf(p99);
    }

    /// Takes up to a second.
    public static Intervals of(Recording recording) {
        var bootstrap = BlockBootstrap.of(recording);
        int series = recording.plan().series().size();
        return new Intervals(all(bootstrap, series, 50), all(bootstrap, series, 99));
    }

    private static List<Optional<Span>> all(BlockBootstrap bootstrap, int series, double percentile) {
        return IntStream.range(0, series)
                .mapToObj(i -> bootstrap.interval(i, percentile))
                .toList();
    }

    public Optional<Span> p50(int series) {
        return at(p50, series);
    }

    public Optional<Span> p99(int series) {
        return at(p99, series);
    }

    private static Optional<Span> at(List<Optional<Span>> spans, int series) {
        return series < spans.size() ? spans.get(series) : Optional.empty();
    }
}

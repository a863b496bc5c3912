package dev.wasmscope.plugins.kafka;

import dev.wasmscope.engine.spi.Verb.Terminal;
import java.util.Locale;

/// Counts as text and as JSON.
final class RunReport {
    private RunReport() {}

    static String line(TaskMetrics.Snapshot counts) {
        var lag = counts.lag().values().stream().mapToLong(Long::longValue).sum();
        return String.format(
                        Locale.ROOT,
                        "%,d processed, %,d retried, %,d dead, %,d behind; %s.",
                        counts.processed(),
                        counts.retried(),
                        counts.dead(),
                        lag,
                        times(counts))
                + (counts.lastFailure().isEmpty() ? "" : " Last failure: " + counts.lastFailure());
    }

    static String times(TaskMetrics.Snapshot counts) {
        return "%s each, %s at most".formatted(time(counts.meanMicros()), time(counts.longestMicros()));
    }

    private static String time(double micros) {
        return micros < 1_000
                ? String.format(Locale.ROOT, "%.1f µs", micros)
                : String.format(Locale.ROOT, "%,.1f ms", micros / 1_000);
    }

    static void print(TaskMetrics.Snapshot counts, boolean json, Terminal terminal) {
        terminal.out()
                .println(
                        json
                                ? String.format(
                                        Locale.ROOT,
                                        "{\"processed\": %d, \"failed\": %d, \"retried\": %d, \"dead\": %d,"
                                                + " \"meanMicros\": %.3f, \"longestMicros\": %.3f}",
                                        counts.processed(),
                                        counts.failed(),
                                        counts.retried(),
                                        counts.dead(),
                                        counts.meanMicros(),
                                        counts.longestMicros())
                                : line(counts));
    }
}

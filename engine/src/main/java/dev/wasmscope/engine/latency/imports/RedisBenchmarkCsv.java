package dev.wasmscope.engine.latency.imports;

import dev.wasmscope.engine.latency.DistributionBuilder;
import dev.wasmscope.engine.latency.ImportedSeries;
import java.util.ArrayList;
import java.util.List;

/// `redis-benchmark --csv` since 6.2: a line a test, with seven figures of its latency in milliseconds.
final class RedisBenchmarkCsv {
    private static final List<String> COLUMNS = List.of(
            "test",
            "rps",
            "avg_latency_ms",
            "min_latency_ms",
            "p50_latency_ms",
            "p95_latency_ms",
            "p99_latency_ms",
            "max_latency_ms");
    private static final double[] LEVELS = {0, 0.5, 0.95, 0.99, 1};
    private static final int FIRST = 3;
    private static final double MICROS = 1000;

    private RedisBenchmarkCsv() {}

    static List<ImportedSeries> read(String name, String text) throws UnreadableLine {
        var all = new ArrayList<ImportedSeries>();
        int number = 0;
        for (var line : text.lines().toList()) {
            number++;
            var cells = cells(line);
            if (line.isBlank()) {
                continue;
            }
            if (cells.equals(COLUMNS)) {
                continue;
            }
            if (cells.size() != COLUMNS.size()) {
                throw new UnreadableLine(
                        number, "it has " + cells.size() + " columns, and redis-benchmark writes " + COLUMNS.size());
            }
            all.add(series(name, number, cells));
        }
        if (all.isEmpty()) {
            throw new UnreadableLine(number, "there is no test in it");
        }
        return all;
    }

    private static ImportedSeries series(String name, int line, List<String> cells) throws UnreadableLine {
        var micros = new double[LEVELS.length];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = UnreadableLine.number(line, cells.get(FIRST + i)) * MICROS;
            if (i > 0 && micros[i] < micros[i - 1]) {
                throw new UnreadableLine(
                        line, COLUMNS.get(FIRST + i) + " " + cells.get(FIRST + i) + " is less than the one before it");
            }
        }
        var builder = new DistributionBuilder();
        builder.between(LEVELS, micros);
        return new ImportedSeries(
                name + " · " + cells.getFirst(),
                "redis-benchmark",
                "only min, p50, p95, p99 and max are known; straight lines in between",
                builder.build());
    }

    /// Names of tests may have commas, within the quotes.
    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (char c : line.strip().toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}

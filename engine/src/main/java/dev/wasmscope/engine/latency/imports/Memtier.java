package dev.wasmscope.engine.latency.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.latency.DistributionBuilder;
import dev.wasmscope.engine.latency.ImportedSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// `memtier_benchmark --json-out-file`: for each kind of command percentiles in milliseconds and, since 2.0, the
/// whole histogram of microseconds.
final class Memtier {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATS = "ALL STATS";
    private static final String LATENCIES = "Percentile Latencies";
    private static final double MICROS = 1000;
    private static final double NANOS = 1000;

    private Memtier() {}

    static List<ImportedSeries> read(String name, String text) throws UnreadableLine {
        var all = new ArrayList<ImportedSeries>();
        for (var kind : tree(text).path(STATS).properties()) {
            if (kind.getValue().path(LATENCIES).isObject()
                    && kind.getValue().path("Count").asLong(1) > 0) {
                series(name, text, kind.getKey(), kind.getValue()).ifPresent(all::add);
            }
        }
        if (all.isEmpty()) {
            throw new UnreadableLine(1, "there is no \"" + LATENCIES + "\" in \"" + STATS + "\": not memtier's output");
        }
        return all;
    }

    private static JsonNode tree(String text) throws UnreadableLine {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UnreadableLine(
                    e.getLocation() == null ? 1 : e.getLocation().getLineNr(), e.getOriginalMessage());
        }
    }

    private static java.util.Optional<ImportedSeries> series(String name, String text, String kind, JsonNode node)
            throws UnreadableLine {
        var latencies = node.get(LATENCIES);
        var encoded = latencies.path("Histogram log format").path("Compressed Histogram");
        var builder = new DistributionBuilder();
        String note;
        if (encoded.isTextual() && !encoded.asText().isEmpty()) {
            try {
                builder.addEncoded(encoded.asText(), NANOS);
            } catch (IllegalArgumentException e) {
                throw new UnreadableLine(line(text, encoded.asText()), kind + ": " + e.getMessage());
            }
            note = "its whole histogram";
        } else if (!percentiles(builder, text, kind, node)) {
            return java.util.Optional.empty();
        } else {
            note = "only its percentiles are known; straight lines in between";
        }
        var distribution = builder.build();
        return distribution.samples() == 0
                ? java.util.Optional.empty()
                : java.util.Optional.of(new ImportedSeries(name + " · " + kind, "memtier", note, distribution));
    }

    /// @return false when there are none: that kind of command was not sent
    private static boolean percentiles(DistributionBuilder builder, String text, String kind, JsonNode node)
            throws UnreadableLine {
        var known = new TreeMap<Double, Double>();
        for (var one : node.get(LATENCIES).properties()) {
            var key = one.getKey();
            if (key.startsWith("p") && one.getValue().isNumber()) {
                double percentile = UnreadableLine.number(line(text, "\"" + key + "\""), key.substring(1));
                double micros = one.getValue().asDouble() * MICROS;
                if (percentile > 100 || micros < 0) {
                    throw new UnreadableLine(
                            line(text, "\"" + key + "\""),
                            kind + ": \"" + key + "\": " + one.getValue() + " cannot be");
                }
                known.put(percentile / 100, micros);
            }
        }
        if (known.isEmpty() || known.lastEntry().getValue() == 0) {
            return false;
        }
        known.putIfAbsent(0.0, limit(node, "Min Latency", known.firstEntry().getValue()));
        known.putIfAbsent(1.0, limit(node, "Max Latency", known.lastEntry().getValue()));
        builder.between(
                known.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                known.values().stream().mapToDouble(Double::doubleValue).toArray());
        return true;
    }

    private static double limit(JsonNode node, String name, double otherwise) {
        return node.path(name).isNumber() ? node.path(name).asDouble() * MICROS : otherwise;
    }

    /// Where a text stands, from 1.
    private static int line(String text, String part) {
        int at = text.indexOf(part);
        return 1
                + (int) text.substring(0, Math.max(0, at))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}

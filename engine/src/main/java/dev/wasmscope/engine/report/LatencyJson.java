package dev.wasmscope.engine.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.NoiseFloor;
import dev.wasmscope.engine.latency.Recording;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.latency.WarmUp;
import dev.wasmscope.engine.latency.statistics.BlockBootstrap;
import dev.wasmscope.engine.latency.statistics.Verdict;
import java.util.List;
import java.util.Map;

/// A measurement as the object that scripts rely on: the first run at its top, a sweep's runs beside each other.
/// Latencies in microseconds, weak percentiles null.
final class LatencyJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final Map<String, Double> PERCENTILES =
            Map.of("p50", 50.0, "p90", 90.0, "p99", 99.0, "p999", 99.9, "p9999", 99.99);

    private final ObjectNode root;

    LatencyJson(Measurement measurement) {
        root = run(measurement.first());
        root.put("commandLine", LatencyCommand.of(measurement));
        var sweep = measurement.sweep();
        if (sweep != null) {
            var node = root.putObject("sweep");
            node.put("of", sweep.of().id());
            var points = node.putArray("points");
            for (int i = 0; i < measurement.points().size(); i++) {
                var point = points.addObject();
                point.put("value", sweep.values().get(i));
                point.setAll(run(measurement.points().get(i)));
            }
        }
        var imports = root.putArray("imports");
        for (var overlay : measurement.overlays()) {
            var node = imports.addObject();
            node.put("title", overlay.title()).put("tool", overlay.tool()).put("note", overlay.note());
            LatencyReport.put(node, overlay.latency().row());
        }
    }

    /// With what redis-cli says of the same servers, in milliseconds as it does.
    LatencyJson with(List<RedisCli.Heard> heard) {
        if (!heard.isEmpty()) {
            var all = root.putArray("redisCli");
            heard.forEach(h -> all.addObject()
                    .put("target", h.target())
                    .put("transport", h.transport())
                    .put("minMillis", h.minimum())
                    .put("maxMillis", h.maximum())
                    .put("avgMillis", h.average())
                    .put("samples", h.samples()));
        }
        return this;
    }

    String text() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The report cannot be written", e);
        }
    }

    private static ObjectNode run(Recording recording) {
        var snapshot = recording.snapshot();
        var node = new LatencyReport(recording.plan(), snapshot, recording.environment()).tree();
        node.put("clients", recording.plan().client().connections());
        node.put("load", recording.plan().client().load());
        node.put("repeats", recording.repeats());
        recording
                .client()
                .ifPresent(c -> node.putObject("client")
                        .put("processors", c.processors())
                        .put("scheduler", c.scheduler()));
        snapshot.warmUp().ifPresent(w -> node.set("warmUp", warmUp(w)));
        snapshot.noise().ifPresent(n -> node.set("noise", noise(n, snapshot)));
        var bootstrap = BlockBootstrap.of(recording);
        for (int i = 0; i < snapshot.series().size(); i++) {
            var spans = ((ObjectNode) node.get("series").get(i)).putObject("intervals");
            int series = i;
            PERCENTILES.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue())
                    .forEach(p -> bootstrap
                            .interval(series, p.getValue())
                            .ifPresent(
                                    s -> spans.putArray(p.getKey()).add(s.low()).add(s.high())));
        }
        node.set("verdicts", verdicts(bootstrap, snapshot));
        return node;
    }

    private static ObjectNode warmUp(WarmUp warmUp) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("seconds", warmUp.seconds());
        node.put("over", warmUp.over());
        warmUp.compiled().forEach(node.putArray("compiled")::add);
        warmUp.unfinished().forEach(node.putArray("unfinished")::add);
        return node;
    }

    private static ObjectNode noise(NoiseFloor noise, Snapshot snapshot) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("seconds", noise.seconds());
        node.put("p50", noise.micros(50));
        node.put("p99", noise.micros(99));
        node.put("p999", noise.micros(99.9));
        node.put("max", noise.gaps().row().max());
        var inside = node.putArray("p99Inside");
        snapshot.series().stream()
                .filter(s -> noise.covers(s.latency(), 99))
                .forEach(s -> inside.add(s.series().title()));
        return node;
    }

    private static ArrayNode verdicts(BlockBootstrap bootstrap, Snapshot snapshot) {
        var all = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < snapshot.series().size(); i++) {
            for (int j = i + 1; j < snapshot.series().size(); j++) {
                var pair = all.addObject();
                pair.put("a", snapshot.series().get(i).series().title());
                pair.put("b", snapshot.series().get(j).series().title());
                for (var name : List.of("p50", "p99")) {
                    pair.set(name, verdict(bootstrap.compare(i, j, PERCENTILES.getOrDefault(name, 50.0))));
                }
            }
        }
        return all;
    }

    private static ObjectNode verdict(Verdict verdict) {
        var node = JsonNodeFactory.instance.objectNode();
        switch (verdict) {
            case Verdict.Lower(int lower, double from, double to) ->
                node.put("verdict", "lower")
                        .put("lower", lower == 0 ? "a" : "b")
                        .put("fromPercent", from)
                        .put("toPercent", to);
            case Verdict.NoDifference(double from, double to) ->
                node.put("verdict", "no-difference").put("fromPercent", from).put("toPercent", to);
            case Verdict.TooFew() -> node.put("verdict", "too-few");
        }
        return node;
    }
}

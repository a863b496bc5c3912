package dev.wasmscope.engine.latency.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wasmscope.engine.latency.Distribution;
import dev.wasmscope.engine.latency.ImportedSeries;
import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.Recording;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.platform.AtomicFiles;
import dev.wasmscope.engine.platform.EnvironmentJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A measurement as one file, to be opened anywhere: a zip archive of `bundle.json`, which says what was measured
/// where and with which versions, and `run-N.jsonl` with every block's histogram as the probe sent it.
/// `docs/latency-bundle.md`.
public final class Bundle {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORMAT = "wasmscope-latency";
    private static final int VERSION = 1;
    static final String CONTENTS = "bundle.json";

    private Bundle() {}

    /// Writes it; the same measurement gives the same bytes.
    ///
    /// @param command line that measures it again
    public static void write(Measurement measurement, String command, Path file) throws IOException {
        var archive = new BundleArchive();
        archive.put(CONTENTS, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(contents(measurement, command)));
        for (int i = 0; i < measurement.points().size(); i++) {
            archive.put(run(i), String.join("\n", measurement.points().get(i).lines()) + "\n");
        }
        AtomicFiles.write(file, archive::write);
    }

    /// @throws UnreadableBundleException naming the entry and the offset in it where reading ended
    public static Measurement read(Path file) throws IOException {
        var archive = BundleArchive.read(file);
        var text = archive.text(CONTENTS);
        try {
            return measurement(JSON.readTree(text), archive);
        } catch (JsonProcessingException e) {
            throw archive.broken(CONTENTS, e.getLocation().getCharOffset(), e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw archive.broken(CONTENTS, 0, String.valueOf(e.getMessage()), e);
        }
    }

    private static ObjectNode contents(Measurement measurement, String command) throws JsonProcessingException {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("format", FORMAT);
        node.put("version", VERSION);
        node.put("command", command);
        var sweep = measurement.sweep();
        if (sweep != null) {
            var of = node.putObject("sweep");
            of.put("of", sweep.of().id());
            sweep.values().forEach(of.putArray("values")::add);
        }
        var points = node.putArray("runs");
        for (int i = 0; i < measurement.points().size(); i++) {
            var run = measurement.points().get(i);
            var point = points.addObject();
            point.put("lines", run(i));
            point.set("plan", JSON.readTree(run.planLine()));
            point.set("environment", EnvironmentJson.of(run.environment()));
        }
        var overlays = node.putArray("overlays");
        for (var overlay : measurement.overlays()) {
            overlays.addObject()
                    .put("title", overlay.title())
                    .put("tool", overlay.tool())
                    .put("note", overlay.note())
                    .put("latency", overlay.latency().encoded());
        }
        return node;
    }

    private static Measurement measurement(JsonNode contents, BundleArchive archive) throws IOException {
        if (!FORMAT.equals(contents.path("format").asText())) {
            throw new IllegalArgumentException("its format is not " + FORMAT);
        }
        if (contents.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException("it is of version "
                    + contents.path("version").asText() + ", and this program reads version " + VERSION);
        }
        var points = new ArrayList<Recording>();
        for (var point : required(contents, "runs")) {
            points.add(run(point, archive));
        }
        var overlays = new ArrayList<ImportedSeries>();
        for (var overlay : contents.path("overlays")) {
            overlays.add(new ImportedSeries(
                    required(overlay, "title").asText(),
                    required(overlay, "tool").asText(),
                    required(overlay, "note").asText(),
                    Distribution.decode(required(overlay, "latency").asText())));
        }
        return new Measurement(sweep(contents.get("sweep")), points, overlays);
    }

    private static Recording run(JsonNode point, BundleArchive archive) throws IOException {
        var environment = EnvironmentJson.read(required(point, "environment"));
        var plan = required(point, "plan").toString();
        var entry = required(point, "lines").asText();
        var lines = archive.text(entry).lines().toList();
        try {
            return Recording.read(plan, environment, lines);
        } catch (Recording.UnreadableLineException e) {
            long offset = 0;
            for (var before : lines.subList(0, e.line())) {
                offset += before.getBytes(StandardCharsets.UTF_8).length + 1;
            }
            throw archive.broken(entry, offset, String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable Sweep sweep(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        var values = new ArrayList<String>();
        required(node, "values").forEach(v -> values.add(v.asText()));
        return Sweep.parse(required(node, "of").asText() + "=" + String.join(",", List.copyOf(values)));
    }

    private static JsonNode required(JsonNode node, String name) {
        var field = node.get(name);
        if (field == null) {
            throw new IllegalArgumentException("the field " + name + " is missing");
        }
        return field;
    }

    private static String run(int index) {
        return "run-" + index + ".jsonl";
    }
}

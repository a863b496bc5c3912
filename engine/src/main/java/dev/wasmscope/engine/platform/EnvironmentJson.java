package dev.wasmscope.engine.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/// The environment as every report's and bundle's JSON holds it.
public final class EnvironmentJson {
    private EnvironmentJson() {}

    public static ObjectNode of(Environment environment) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("taken", environment.taken().toString());
        node.put("cpu", environment.cpu());
        node.put("cores", environment.cores());
        node.put("governor", environment.governor());
        node.put("smt", environment.smt());
        node.put("virtualization", environment.virtualization());
        node.put("pinning", environment.pinning());
        node.put("scheduler", environment.scheduler());
        node.put("limits", environment.limits());
        node.put("kernel", environment.kernel());
        node.put("loadAverage", environment.loadAverage());
        node.put("java", environment.java());
        environment.javaOptions().forEach(node.putArray("javaOptions")::add);
        var versions = node.putObject("versions");
        environment.versions().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> versions.put(e.getKey(), e.getValue()));
        return node;
    }

    /// Reads what [#of] wrote.
    ///
    /// @throws IllegalArgumentException naming the field that is missing or is something else
    public static Environment read(JsonNode node) {
        var options = new ArrayList<String>();
        field(node, "javaOptions").forEach(o -> options.add(o.asText()));
        var versions = new LinkedHashMap<String, String>();
        field(node, "versions")
                .properties()
                .forEach(e -> versions.put(e.getKey(), e.getValue().asText()));
        return new Environment(
                taken(text(node, "taken")),
                text(node, "cpu"),
                field(node, "cores").asInt(),
                text(node, "governor"),
                text(node, "smt"),
                text(node, "virtualization"),
                text(node, "pinning"),
                text(node, "scheduler"),
                text(node, "limits"),
                text(node, "kernel"),
                field(node, "loadAverage").asDouble(),
                text(node, "java"),
                options,
                versions);
    }

    private static Instant taken(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("environment.taken is no time: " + text, e);
        }
    }

    private static String text(JsonNode node, String name) {
        return field(node, name).asText();
    }

    private static JsonNode field(JsonNode node, String name) {
        var field = node.get(name);
        if (field == null) {
            throw new IllegalArgumentException("environment." + name + " is missing");
        }
        return field;
    }
}

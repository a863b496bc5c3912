package dev.wasmscope.engine.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wasmscope.engine.platform.Environment;
import java.util.Map;

/// The environment as every report's JSON holds it.
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
}

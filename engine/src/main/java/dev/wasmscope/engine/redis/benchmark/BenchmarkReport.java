package dev.wasmscope.engine.redis.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wasmscope.engine.platform.EnvironmentJson;
import java.util.Formatter;
import java.util.Locale;
import java.util.stream.Collectors;

/// A result as a table for people and as JSON for scripts.
final class BenchmarkReport {
    private final BenchmarkResult result;

    BenchmarkReport(BenchmarkResult result) {
        this.result = result;
    }

    String table() {
        return result.runtimes().stream().map(this::table).collect(Collectors.joining("\n"));
    }

    private String table(BenchmarkResult.RuntimeResult runtime) {
        var text = new Formatter(Locale.ROOT);
        text.format(
                "Redis in Wasm on %s, in process, against native Redis %s driven by redis-benchmark (%d clients, TCP)%n",
                runtime.name(), result.environment().versions().getOrDefault("redis", ""), RedisBenchmarkTool.CLIENTS);
        text.format(
                "%,d requests a test, median of %d rounds; %,d replies equal; machine's speed varied by %.2fx%n",
                result.requests(), result.rounds(), result.compared(), result.calibration());
        text.format("%s%n", result.environment().machine());
        text.format("%n");
        text.format(
                "%-36s %12s %12s %8s %12s %14s%n", "", "Wasm /s", "native /s", "ratio", "Wasm CPU µs", "native cmd µs");
        for (var test : runtime.tests()) {
            var cost = result.costs().get(test.command());
            text.format(
                    "%-36s %,12.0f %,12.0f %8.2f %12.2f %14s%n",
                    test.name(),
                    result.requests() / test.seconds(),
                    result.requests() / test.nativeSeconds(),
                    test.ratio(),
                    test.cpuMicros(),
                    cost == null ? "" : String.format(Locale.ROOT, "%.2f", cost.microsPerCall()));
        }
        text.format(
                "%-36s %10.2f s %10.2f s %8.2f%n",
                "the whole suite", runtime.seconds(), runtime.nativeSeconds(), runtime.ratio());
        text.format(
                "Ratio: Wasm's time over native's. By rounds: %s. Steady %.1f s after the start of its process.%n",
                runtime.roundRatios().stream()
                        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                        .collect(Collectors.joining(" ")),
                runtime.steadySeconds());
        text.format("Native cmd µs: inside the command alone (INFO commandstats), all calls of that command.%n");
        return text.toString();
    }

    ObjectNode json() {
        var root = JsonNodeFactory.instance.objectNode();
        root.set("environment", EnvironmentJson.of(result.environment()));
        root.put("requests", result.requests());
        root.put("rounds", result.rounds());
        root.put("repliesCompared", result.compared());
        root.put("calibrationSpread", result.calibration());
        var runtimes = root.putObject("runtimes");
        result.runtimes().forEach(runtime -> put(runtimes.putObject(runtime.name()), runtime));
        return root;
    }

    private void put(ObjectNode node, BenchmarkResult.RuntimeResult runtime) {
        node.putObject("total")
                .put("seconds", runtime.seconds())
                .put("nativeSeconds", runtime.nativeSeconds())
                .put("ratio", runtime.ratio());
        node.put("steadySeconds", runtime.steadySeconds());
        runtime.roundRatios().forEach(node.putArray("roundRatios")::add);
        var tests = node.putArray("tests");
        for (var test : runtime.tests()) {
            var one = tests.addObject()
                    .put("name", test.name())
                    .put("wasmPerSecond", result.requests() / test.seconds())
                    .put("nativePerSecond", result.requests() / test.nativeSeconds())
                    .put("ratio", test.ratio())
                    .put("wasmCpuMicros", test.cpuMicros());
            var cost = result.costs().get(test.command());
            if (cost != null) {
                one.put("nativeCommandMicros", cost.microsPerCall());
            }
        }
    }
}

package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.MeasuredLane;
import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The command line that measures again what was measured.
public final class LatencyCommand {
    private LatencyCommand() {}

    /// Quoted for a shell.
    public static String of(Measurement measurement) {
        var words = words(measurement.first().plan(), measurement.first().repeats());
        return quoted(words, Optional.ofNullable(measurement.sweep()));
    }

    /// Of a run that is not over yet, with the settings it has now.
    public static String of(LatencyPlan plan, int repeats, Optional<Sweep> sweep) {
        return quoted(words(plan, repeats), sweep);
    }

    private static String quoted(List<String> words, Optional<Sweep> sweep) {
        var all = new ArrayList<>(words);
        if (sweep.isPresent()) {
            all.add("--sweep");
            all.add(sweep.get().of().id() + "="
                    + sweep.get().values().stream().map(Numbers::plain).collect(Collectors.joining(",")));
        }
        return quoted(all);
    }

    private static String quoted(List<String> words) {
        return words.stream().map(LatencyCommand::quoted).collect(Collectors.joining(" "));
    }

    private static List<String> words(LatencyPlan plan, int repeats) {
        var settings = plan.settings();
        var client = plan.client();
        var words = new ArrayList<>(List.of("wasmscope", "latency"));
        words.addAll(lanes(plan.series().stream().map(MeasuredLane::of).toList()));
        words.addAll(List.of("--command", plan.command(), "--payload", String.valueOf(settings.payload())));
        words.addAll(List.of("--pipeline", String.valueOf(plan.pipeline())));
        words.addAll(List.of("--clients", String.valueOf(client.connections())));
        words.addAll(List.of("--rate", Numbers.plain(settings.mode().rate())));
        if (!plan.length().isZero()) {
            words.addAll(List.of(
                    "--seconds", String.valueOf(Math.max(1, (plan.length().toMillis() + 500) / 1000))));
        }
        words.addAll(List.of("--warmup", plan.warmUp().toMillis() + "ms"));
        if (!plan.block().equals(LatencyPlan.blockFor(settings.mode()))) {
            words.addAll(List.of("--block", plan.block().toMillis() + "ms"));
        }
        if (repeats > 1) {
            words.addAll(List.of("--repeat", String.valueOf(repeats)));
        }
        if (settings.strategy() != WaitStrategy.ADAPTIVE) {
            words.addAll(List.of("--wait", settings.strategy().id()));
        }
        if (plan.serverWait() != settings.strategy()) {
            words.addAll(List.of("--server-wait", plan.serverWait().id()));
        }
        if (client.processor().isPresent()) {
            words.add("--pin");
        }
        if (client.realTime()) {
            words.add("--real-time");
        }
        if (settings.busy()) {
            words.add("--busy");
        }
        if (client.load() > 0) {
            words.addAll(List.of("--load", String.valueOf(client.load())));
        }
        words.addAll(List.of("--seed", String.valueOf(plan.seed())));
        return words;
    }

    /// Shorter where every target is measured over the same transports.
    private static List<String> lanes(List<MeasuredLane> lanes) {
        var targets = lanes.stream().map(MeasuredLane::target).distinct().toList();
        var transports = lanes.stream().map(MeasuredLane::transport).distinct().toList();
        return lanes.equals(MeasuredLane.product(targets, transports))
                ? List.of("--target", String.join(",", targets), "--transport", String.join(",", transports))
                : List.of("--lanes", lanes.stream().map(MeasuredLane::name).collect(Collectors.joining(",")));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:,=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

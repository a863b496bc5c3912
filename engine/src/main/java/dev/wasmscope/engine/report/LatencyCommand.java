package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.PlannedSeries;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
    public static String of(LatencyPlan plan, Optional<Sweep> sweep) {
        return quoted(words(plan, 1), sweep);
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
        words.addAll(List.of("--target", distinct(plan, PlannedSeries::target)));
        words.addAll(List.of("--transport", distinct(plan, PlannedSeries::transport)));
        words.addAll(List.of("--command", plan.command(), "--payload", String.valueOf(settings.payload())));
        words.addAll(List.of("--pipeline", String.valueOf(plan.pipeline())));
        words.addAll(List.of("--clients", String.valueOf(client.connections())));
        words.addAll(List.of("--rate", Numbers.plain(settings.mode().rate())));
        if (!plan.length().isZero()) {
            words.addAll(List.of(
                    "--seconds", String.valueOf(Math.max(1, (plan.length().toMillis() + 500) / 1000))));
        }
        words.addAll(List.of("--warmup", plan.warmUp().toMillis() + "ms"));
        if (repeats > 1) {
            words.addAll(List.of("--repeat", String.valueOf(repeats)));
        }
        if (settings.strategy() != WaitStrategy.ADAPTIVE) {
            words.addAll(List.of("--wait", settings.strategy().id()));
        }
        if (client.processor().isPresent()) {
            words.add("--pin");
        }
        if (client.realTime()) {
            words.add("--real-time");
        }
        int load =
                settings.busy() ? Math.max(client.load(), Runtime.getRuntime().availableProcessors()) : client.load();
        if (load > 0) {
            words.addAll(List.of("--load", String.valueOf(load)));
        }
        words.addAll(List.of("--seed", String.valueOf(plan.seed())));
        return words;
    }

    private static String distinct(LatencyPlan plan, Function<PlannedSeries, String> name) {
        return plan.series().stream().map(name).distinct().collect(Collectors.joining(","));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:,=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

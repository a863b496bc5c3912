package dev.wasmscope.engine.latency.figures;

import dev.wasmscope.engine.latency.MeasuredLane;
import dev.wasmscope.engine.latency.MeasuredTargets;
import dev.wasmscope.engine.latency.PlannedSeries;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.ThreadPlacement;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What `redis-cli --latency` would say, from the client in C that speaks all three ways: it sends, waits, sleeps.
///
/// A client's own code is cold after a sleep, and one in Java has more of it.
///
/// @param program the compiled `shm-cli`
record PacedInC(String program, int repeats, boolean realTime) {
    private static final Pattern MEDIAN = Pattern.compile("median: ([0-9.]+) ms");
    private static final int SECONDS = 4;

    void print(WaitStrategy strategy, int rate) throws Exception {
        try (var servers = MeasuredTargets.start(List.of(MeasuredTargets.NATIVE), Directories.ofUser(), strategy)) {
            var processors = new ArrayList<>(ThreadPlacement.allowed());
            var processor = processors.removeLast();
            var series = servers.series(MeasuredLane.product(List.of(MeasuredTargets.NATIVE), MeasuredLane.TRANSPORTS));
            var medians = new HashMap<String, List<Double>>();
            for (int i = 0; i < repeats; i++) {
                for (var one : series) {
                    medians.computeIfAbsent(one.transport(), _ -> new ArrayList<>())
                            .add(median(command(one, strategy, rate, processor)));
                }
            }
            LatencyFigures.heading("native, a PING every %d ms by shm-cli, %s".formatted(1000 / rate, strategy.id()));
            print(medians);
        }
    }

    private List<String> command(PlannedSeries series, WaitStrategy strategy, int rate, int processor) {
        var command = new ArrayList<>(List.of("taskset", "-c", Integer.toString(processor)));
        if (realTime) {
            command.addAll(List.of("chrt", "-f", "10"));
        }
        command.addAll(List.of(program, "-s", series.address()));
        command.addAll(series.transport().equals("shm") ? List.of("--wait", strategy.id()) : List.of("--socket"));
        command.addAll(List.of("--latency", "--rate", Integer.toString(rate)));
        command.addAll(List.of("--samples", Integer.toString(rate * SECONDS)));
        return command;
    }

    /// In microseconds.
    private static double median(List<String> command) throws IOException, InterruptedException {
        var said = LatencyFigures.said(command);
        var found = MEDIAN.matcher(said);
        if (!found.find()) {
            throw new IOException("shm-cli said no median: " + said);
        }
        return Double.parseDouble(found.group(1)) * 1000;
    }

    private static void print(Map<String, List<Double>> medians) {
        var p50 = new HashMap<String, Double>();
        medians.forEach((transport, all) ->
                p50.put("native · " + transport, all.stream().sorted().toList().get(all.size() / 2)));
        LatencyFigures.ratios(p50, MeasuredTargets.NATIVE);
    }
}

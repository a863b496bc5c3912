package dev.wasmscope.engine.latency.figures;

import dev.wasmscope.engine.latency.ClientSide;
import dev.wasmscope.engine.latency.Distribution;
import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.LatencyRun;
import dev.wasmscope.engine.latency.LoadMode;
import dev.wasmscope.engine.latency.MeasuredTargets;
import dev.wasmscope.engine.latency.RecordedBlock;
import dev.wasmscope.engine.latency.Recording;
import dev.wasmscope.engine.latency.RunState;
import dev.wasmscope.engine.latency.Settings;
import dev.wasmscope.engine.platform.ChildJvm;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.Environment;
import dev.wasmscope.engine.platform.JitFlags;
import dev.wasmscope.engine.platform.ThreadPlacement;
import dev.wasmscope.engine.redis.wasm.RedisModule;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;

/// Prints the figures as Markdown: medians of repeated runs, p50 in microseconds.
final class LatencyFigures {
    private static final List<String> ALL = List.of("tcp", "unix", "shm");

    private final int repeats;
    private final Duration length;
    private final boolean realTime;

    private LatencyFigures(int repeats, Duration length, boolean realTime) {
        this.repeats = repeats;
        this.length = length;
        this.realTime = realTime;
    }

    /// @param arguments repeats; seconds of each; the compiled `cacheline.c` or `-`; `real-time` or `usual`
    public static void main(String[] arguments) throws Exception {
        var figures = new LatencyFigures(
                Integer.parseInt(arguments[0]),
                Duration.ofSeconds(Long.parseLong(arguments[1])),
                arguments[3].equals("real-time"));
        figures.closedLoop(arguments[2]);
        for (var strategy : WaitStrategy.values()) {
            figures.paced(strategy);
        }
        figures.busy();
        new IdlePair().print();
    }

    private void closedLoop(String cacheLine) throws Exception {
        var targets = new ArrayList<>(List.of("native", "echo"));
        if (RedisModule.present()) {
            targets.add("wasm");
        }
        var p50 = measured(targets, ALL, WaitStrategy.ADAPTIVE, new LoadMode.ClosedLoop(), false, true);
        heading("closed loop, PING with 16 bytes, adaptive, pinned");
        ratios(p50, "echo");
        ratios(p50, "native");
        if (RedisModule.present()) {
            ratios(p50, "wasm");
            double call = said(ChildJvm.command(InProcessCall.class, JitFlags.FOR_GUESTS, List.of()));
            row("Redis in Wasm: in-process call", "%.2f", call);
            row("Redis in Wasm over shm above the in-process call", "%.2f", value(p50, "wasm · shm") - call);
            row(
                    "native over tcp : Redis in Wasm over shm",
                    "%.1f",
                    value(p50, "native · tcp") / value(p50, "wasm · shm"));
        }
        if (!cacheLine.equals("-")) {
            double line = said(List.of(cacheLine)) / 1000;
            var ring = measured(List.of("echo"), List.of("shm"), WaitStrategy.SPIN, LoadMode.of(0), false, true);
            row("cache line, round trip in C, pinned", "%.3f", line);
            row("echo over shm, spin, pinned", "%.3f", value(ring, "echo · shm"));
            row("ring : cache line", "%.2f", value(ring, "echo · shm") / line);
        }
    }

    private void paced(WaitStrategy strategy) throws Exception {
        for (int rate : new int[] {100, 1000}) {
            var p50 = measured(List.of("native"), ALL, strategy, LoadMode.of(rate), false, false);
            heading("native, a request every %d ms, from the actual send, %s".formatted(1000 / rate, strategy.id()));
            ratios(p50, "native");
        }
    }

    private void busy() throws Exception {
        var p50 = measured(
                List.of("native", "echo"), List.of("unix", "shm"), WaitStrategy.ADAPTIVE, LoadMode.of(0), true, false);
        heading("closed loop, adaptive, a thread spinning on each processor");
        for (var target : List.of("native", "echo")) {
            row(target + ": shm : unix", "%.2f", value(p50, target + " · shm") / value(p50, target + " · unix"));
        }
    }

    private static void ratios(Map<String, Double> p50, String target) {
        for (var transport : ALL) {
            row(target + " over " + transport, "%.2f", value(p50, target + " · " + transport));
        }
        double shm = value(p50, target + " · shm");
        row(target + ": tcp : shm", "%.1f", value(p50, target + " · tcp") / shm);
        row(target + ": unix : shm", "%.1f", value(p50, target + " · unix") / shm);
    }

    /// @return the median over the repeats of each series' p50, by its title
    private Map<String, Double> measured(
            List<String> targets,
            List<String> transports,
            WaitStrategy strategy,
            LoadMode mode,
            boolean busy,
            boolean pinned)
            throws Exception {
        try (var servers = MeasuredTargets.start(targets, Directories.ofUser(), strategy)) {
            var processors = new ArrayList<>(ThreadPlacement.allowed());
            var processor = OptionalInt.of(processors.removeLast());
            if (pinned && !processors.isEmpty()) {
                servers.pin(processors);
            }
            // On a machine that is busy everybody has the same rights, and nobody a place of his own.
            var client = busy ? ClientSide.USUAL : new ClientSide(1, processor, realTime, 0);
            var plan = LatencyPlan.of(servers.series(transports), new Settings(mode, 16, false, busy, strategy))
                    .withLength(warmUp(targets), length)
                    .withBlock(LatencyPlan.blockFor(mode))
                    .withClient(client);
            var runs = new ArrayList<Recording>();
            for (int i = 0; i < repeats; i++) {
                runs.add(run(plan, servers.versions()));
            }
            return medians(plan, runs);
        }
    }

    /// Compiled Wasm takes long to become fast.
    private static Duration warmUp(List<String> targets) {
        return Duration.ofSeconds(targets.contains("wasm") ? 20 : 3);
    }

    private static Recording run(LatencyPlan plan, Map<String, String> versions)
            throws IOException, InterruptedException, ExecutionException {
        try (var run = LatencyRun.start(plan)) {
            if (run.over().get() instanceof RunState.Failed(String sentence)) {
                throw new IOException(sentence);
            }
            return run.recorder().recording(Environment.read(LatencyRun.probeOptions(), versions));
        }
    }

    private static Map<String, Double> medians(LatencyPlan plan, List<Recording> runs) {
        var all = new LinkedHashMap<String, Double>();
        for (int i = 0; i < plan.series().size(); i++) {
            int series = i;
            var sorted = runs.stream()
                    .map(r -> Distribution.sum(r.blocks(series).stream()
                            .filter(RecordedBlock::counted)
                            .map(LatencyFigures::fromSend)
                            .toList()))
                    .mapToDouble(d -> d.percentileOrWeaker(50))
                    .sorted()
                    .toArray();
            all.put(plan.series().get(i).title(), sorted[sorted.length / 2]);
        }
        return all;
    }

    /// As redis-cli counts a paced request, too.
    private static Distribution fromSend(RecordedBlock block) {
        return Objects.requireNonNullElse(block.service(), block.latency());
    }

    /// What a program prints: one number.
    private static double said(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(command.getFirst() + " failed: " + text);
        }
        return Double.parseDouble(text);
    }

    /// NaN for a lane that this machine does not have.
    private static double value(Map<String, Double> p50, String title) {
        return p50.getOrDefault(title, Double.NaN);
    }

    static void heading(String text) {
        System.out.printf("%n%s (load average %s)%n%n| | |%n|---|---|%n", text, load());
    }

    private static String load() {
        return Arrays.stream(
                        String.valueOf(Environment.read(List.of(), Map.of()).loadAverage())
                                .split(" ", -1))
                .findFirst()
                .orElse("");
    }

    static void row(String name, String format, double value) {
        System.out.println("| " + name + " | " + String.format(Locale.ROOT, format, value) + " |");
    }
}

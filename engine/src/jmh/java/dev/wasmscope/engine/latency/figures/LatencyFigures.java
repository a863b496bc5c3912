package dev.wasmscope.engine.latency.figures;

import dev.wasmscope.engine.latency.ClientSide;
import dev.wasmscope.engine.latency.Distribution;
import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.LatencyRun;
import dev.wasmscope.engine.latency.LoadMode;
import dev.wasmscope.engine.latency.MeasuredLane;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;

/// Prints the figures as Markdown: medians of repeated runs, p50 in microseconds.
final class LatencyFigures {
    private static final List<String> ALL = List.of("tcp", "unix", "shm");

    /// What else it does: nothing, the run's own load, somebody else's.
    private enum Machine {
        IDLE,
        BUSY,
        STRESSED
    }

    private final int repeats;
    private final Duration length;
    private final boolean realTime;

    private LatencyFigures(int repeats, Duration length, boolean realTime) {
        this.repeats = repeats;
        this.length = length;
        this.realTime = realTime;
    }

    /// @param arguments repeats; seconds of each; the compiled `ring.c` or `-`; `real-time` or `usual`; `shm-cli` or
    /// `-`
    public static void main(String[] arguments) throws Exception {
        var figures = new LatencyFigures(
                Integer.parseInt(arguments[0]),
                Duration.ofSeconds(Long.parseLong(arguments[1])),
                arguments[3].equals("real-time"));
        figures.closedLoop();
        if (RedisModule.present()) {
            figures.aboveCall();
        }
        if (!arguments[2].equals("-")) {
            figures.ring(arguments[2]);
        }
        if (!arguments[4].equals("-")) {
            paced(new PacedInC(arguments[4], figures.repeats, figures.realTime));
        }
        for (var strategy : WaitStrategy.values()) {
            figures.paced(strategy);
        }
        figures.busy();
        new IdlePair().print();
    }

    private void closedLoop() throws Exception {
        var targets = new ArrayList<>(List.of("native", "echo"));
        if (RedisModule.present()) {
            targets.add("wasm");
        }
        var p50 = measured(targets, ALL, WaitStrategy.ADAPTIVE, new LoadMode.ClosedLoop(), Machine.IDLE, true);
        heading("closed loop, PING with 16 bytes, adaptive, pinned");
        ratios(p50, "echo");
        ratios(p50, "native");
        if (RedisModule.present()) {
            ratios(p50, "wasm");
            row(
                    "native over tcp : Redis in Wasm over shm",
                    "%.1f",
                    value(p50, "native · tcp") / value(p50, "wasm · shm"));
        }
    }

    /// The server and the process that calls directly compile the same guest, each for itself, and settle differently
    /// each time: so there are several of both, in turns.
    private void aboveCall() throws Exception {
        var once = new LatencyFigures(1, length, realTime);
        var pairs = new ArrayList<double[]>();
        for (int i = 0; i < Math.max(5, repeats); i++) {
            var p50 = once.measured(
                    List.of("wasm"), List.of("shm"), WaitStrategy.ADAPTIVE, LoadMode.of(0), Machine.IDLE, true);
            var call = said(ChildJvm.command(InProcessCall.class, JitFlags.FOR_GUESTS, List.of()));
            pairs.add(new double[] {value(p50, "wasm · shm"), Double.parseDouble(call)});
        }
        heading("Redis in Wasm over shm and by direct calls, %d processes of each in turns".formatted(pairs.size()));
        double shm = median(pairs, pair -> pair[0]);
        double call = median(pairs, pair -> pair[1]);
        row("over shm", "%.2f", shm);
        row("in-process call", "%.2f", call);
        row("over shm above the in-process call", "%.2f", shm - call);
        for (var pair : pairs) {
            System.out.printf(Locale.ROOT, "| a pair of them | %.2f and %.2f |%n", pair[0], pair[1]);
        }
    }

    /// @param program prints three medians of a round trip in nanoseconds
    private void ring(String program) throws Exception {
        var said = new ArrayList<double[]>();
        for (int i = 0; i < Math.max(5, repeats); i++) {
            var words = said(realTime ? List.of("chrt", "-f", "10", program) : List.of(program))
                    .split(" ");
            said.add(Arrays.stream(words).mapToDouble(Double::parseDouble).toArray());
        }
        var through = measured(List.of("echo"), List.of("shm"), WaitStrategy.SPIN, LoadMode.of(0), Machine.IDLE, true);
        heading("round trips between two processors, spinning");
        row("cache line in C", "%.3f", median(said, m -> m[0] / 1000));
        row("16 bytes through the rings in C", "%.3f", median(said, m -> m[1] / 1000));
        row("the same with a look for sleepers", "%.3f", median(said, m -> m[2] / 1000));
        row("rings : cache line", "%.2f", median(said, m -> m[1] / m[0]));
        row("rings with a look : cache line", "%.2f", median(said, m -> m[2] / m[0]));
        row("PING to the echo server and back, in Java", "%.3f", value(through, "echo · shm"));
    }

    private static double median(List<double[]> of, ToDoubleFunction<double[]> figure) {
        return of.stream().mapToDouble(figure).sorted().toArray()[of.size() / 2];
    }

    private static void paced(PacedInC client) throws Exception {
        for (var strategy : WaitStrategy.values()) {
            client.print(strategy, 100);
            client.print(strategy, 1000);
        }
    }

    private void paced(WaitStrategy strategy) throws Exception {
        for (int rate : new int[] {100, 1000}) {
            var p50 = measured(List.of("native"), ALL, strategy, LoadMode.of(rate), Machine.IDLE, false);
            heading("native, a request every %d ms, from the actual send, %s".formatted(1000 / rate, strategy.id()));
            ratios(p50, "native");
        }
    }

    private void busy() throws Exception {
        busy("a thread spinning on each processor", Machine.BUSY);
        Optional<Process> others = stress();
        if (others.isPresent()) {
            try {
                busy("stress-ng on each processor", Machine.STRESSED);
            } finally {
                others.get().destroy();
                others.get().waitFor();
            }
        }
    }

    private void busy(String how, Machine machine) throws Exception {
        var p50 = measured(
                List.of("native", "echo"),
                List.of("unix", "shm"),
                WaitStrategy.ADAPTIVE,
                LoadMode.of(0),
                machine,
                false);
        heading("closed loop, adaptive, " + how);
        for (var target : List.of("native", "echo")) {
            row(target + ": shm : unix", "%.2f", value(p50, target + " · shm") / value(p50, target + " · unix"));
        }
    }

    /// Empty where it is not installed.
    private static Optional<Process> stress() {
        try {
            return Optional.of(new ProcessBuilder("stress-ng", "--quiet", "--cpu", "0", "--timeout", "1h")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static void ratios(Map<String, Double> p50, String target) {
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
            Machine machine,
            boolean pinned)
            throws Exception {
        try (var servers = MeasuredTargets.start(targets, Directories.ofUser(), strategy)) {
            var processors = new ArrayList<>(ThreadPlacement.allowed());
            var processor = OptionalInt.of(processors.removeLast());
            if (pinned && !processors.isEmpty()) {
                servers.pin(processors);
            }
            // On a machine that is busy everybody has the same rights, and nobody a place of his own.
            var client = machine == Machine.IDLE ? new ClientSide(1, processor, realTime, 0) : ClientSide.USUAL;
            var plan = LatencyPlan.of(
                            servers.series(MeasuredLane.product(targets, transports)),
                            new Settings(mode, 16, false, machine == Machine.BUSY, strategy))
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

    static String said(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(command.getFirst() + " failed: " + text);
        }
        return text;
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

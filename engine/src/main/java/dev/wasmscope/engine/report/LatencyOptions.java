package dev.wasmscope.engine.report;

import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.latency.ClientSide;
import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.LoadMode;
import dev.wasmscope.engine.latency.MeasuredLane;
import dev.wasmscope.engine.latency.MeasuredTargets;
import dev.wasmscope.engine.latency.PlannedSeries;
import dev.wasmscope.engine.latency.Settings;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.latency.imports.Unit;
import dev.wasmscope.engine.platform.ThreadPlacement;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What `latency` is told.
final class LatencyOptions {
    private static final List<String> TARGETS = List.of(MeasuredTargets.NATIVE, MeasuredTargets.ECHO);
    private static final List<String> TRANSPORTS = List.of("tcp", "unix");
    private static final int QUICK_SECONDS = 20;
    private static final int LONGEST_SECONDS = 86_400;
    private static final int MOST_REPEATS = 100;

    private final long began = System.nanoTime();

    @Option(
            names = "--quick",
            description = "20 seconds in all, or until wasm is compiled, and what redis-cli says of the same server.")
    boolean quick;

    @Option(
            names = "--target",
            split = ",",
            paramLabel = "T",
            description = "What is measured: native, echo, wasm. Default: native,echo.")
    @Nullable
    List<String> targets;

    @Option(
            names = "--transport",
            split = ",",
            paramLabel = "T",
            description = "Over what: tcp, unix, shm (shared memory). Default: tcp,unix.")
    @Nullable
    List<String> transports;

    @Option(
            names = "--lanes",
            split = ",",
            paramLabel = "T:T",
            description = "Instead of both, where not every target is measured over the same: native:shm,echo:tcp.")
    @Nullable
    List<String> lanes;

    @Option(
            names = "--command",
            paramLabel = "C",
            description = "PING, ECHO, GET, SET or any command; __data__ stands for the payload. Default: PING.")
    String command = "PING";

    @Option(names = "--payload", paramLabel = "N", description = "Bytes of the value, 0 to 1048576. Default: 16.")
    int payload = 16;

    @Option(names = "--pipeline", paramLabel = "N", description = "Requests sent together. Default: 1.")
    int pipeline = 1;

    @Option(
            names = "--clients",
            paramLabel = "N",
            description =
                    "Connections of each series, driven by one thread: sent to one after the other, awaited in the"
                            + " same order. Default: 1.")
    int clients = 1;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Requests a second in each series, timed from the planned send; 0: closed loop. Default: 0.")
    double rate;

    @Option(names = "--seconds", paramLabel = "N", description = "How long after the warm-up. Default: 30.")
    @Nullable
    Integer seconds;

    @Option(
            names = "--warmup",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "Not counted: 500ms, 2s; longer while Java still compiles a server, but for 0s. Default: 2s.")
    Duration warmUp = Duration.ofSeconds(2);

    @Option(
            names = "--block",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "One turn of a lane, 1ms to 10s. Default: 50ms, below 1,000 requests a second more.")
    @Nullable
    Duration block;

    @Option(names = "--repeat", paramLabel = "N", description = "Runs one after the other, 1 to 100. Default: 1.")
    int repeats = 1;

    @Option(
            names = "--wait",
            paramLabel = "W",
            description = "How both sides wait at shared memory: adaptive (default), spin, park.")
    String strategy = WaitStrategy.ADAPTIVE.id();

    @Option(names = "--server-wait", paramLabel = "W", description = "How the servers wait there. Default: as --wait.")
    @Nullable
    String serverStrategy;

    @Option(
            names = "--pin",
            description = "Keep the measuring thread on the last processor and the servers on the others. Linux.")
    boolean pin;

    @Option(
            names = "--real-time",
            description = "The measuring thread goes before all usual ones while a block lasts, where the system allows"
                    + " it. Linux.")
    boolean realTime;

    @Option(names = "--load", paramLabel = "N", description = "Threads that spin beside it, 0 to 64. Default: 0.")
    int load;

    @Option(names = "--busy", description = "A thread spins on every core, as the window's Busy machine.")
    boolean busy;

    @Option(
            names = "--sweep",
            paramLabel = "NAME=A,B,C",
            description = "A run for each value of rate, payload, clients or load: payload=16,1024,65536.")
    @Nullable
    String sweep;

    @Option(names = "--seed", paramLabel = "N", description = "Of the order of the blocks. Default: a new one.")
    long seed = System.nanoTime();

    @Option(names = "--json", description = "Write JSON instead of the table.")
    boolean json;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also write a bundle, JSON, CSV, .hgrm and the charts as SVG, PNG and PDF.")
    @Nullable
    Path out;

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description = "Also write everything into one file, which wasmscope report opens.")
    @Nullable
    Path bundle;

    @Option(
            names = "--import",
            paramLabel = "FILE",
            description = "Lay what another tool measured beside it: .hgrm, memtier's JSON, redis-benchmark's CSV,"
                    + " redis-cli's --latency output. May be given several times.")
    List<Path> imported = List.of();

    @Option(names = "--import-unit", paramLabel = "U", description = "Of .hgrm files: ns, us (default), ms or s.")
    String importUnit = "us";

    /// @throws IllegalArgumentException with a sentence
    void check() {
        Unit.of(importUnit);
        require(
                lanes == null || (targets == null && transports == null),
                "--lanes says both target and transport; leave out --lanes, or --target and --transport");
        requireKnown("target", or(targets, TARGETS), MeasuredTargets.names());
        requireKnown("transport", or(transports, TRANSPORTS), MeasuredLane.TRANSPORTS);
        requireOnce("lane", or(lanes, List.of()));
        var _ = lanes();
        require(
                seconds == null || (seconds >= 1 && seconds <= LONGEST_SECONDS),
                "A run lasts 1 to " + LONGEST_SECONDS + " seconds, not " + seconds);
        require(!quick || seconds == null, "--quick lasts 20 seconds in all; leave out --quick or --seconds");
        require(
                repeats >= 1 && repeats <= MOST_REPEATS,
                "A run is repeated 1 to " + MOST_REPEATS + " times, not " + repeats);
        require(
                !quick || (repeats == 1 && sweep == null),
                "--quick is one run; leave out --quick, or --repeat and --sweep");
        // A plan refuses what is out of range; better before servers are started.
        var plan = plan(List.of(new PlannedSeries("", "", "")), OptionalInt.empty());
        var values = sweep();
        if (values != null) {
            values.values().forEach(v -> values.of().in(plan, v));
        }
        checkPlacement(plan);
    }

    private void checkPlacement(LatencyPlan plan) {
        int processors = ThreadPlacement.allowed().size();
        require(!pin || processors >= 2, "--pin needs two processors or more, and there are " + processors);
        require(
                processors >= 3 || !plan.needsThreeProcessors(),
                "At real-time priority a side that spins in a closed loop, against one that spins too, leaves nothing of"
                        + " two processors; give --rate, or --wait adaptive");
    }

    /// In the order in which they are listed.
    List<MeasuredLane> lanes() {
        return lanes == null
                ? MeasuredLane.product(or(targets, TARGETS), or(transports, TRANSPORTS))
                : lanes.stream().map(MeasuredLane::parse).toList();
    }

    /// Each once.
    List<String> targets() {
        return lanes().stream().map(MeasuredLane::target).distinct().toList();
    }

    private static List<String> or(@Nullable List<String> given, List<String> usual) {
        return given == null ? usual : given;
    }

    @Nullable
    Sweep sweep() {
        return sweep == null ? null : Sweep.parse(sweep);
    }

    WaitStrategy strategy() {
        return WaitStrategy.of(strategy);
    }

    WaitStrategy serverStrategy() {
        return serverStrategy == null ? strategy() : WaitStrategy.of(serverStrategy);
    }

    LatencyPlan plan(List<PlannedSeries> series, OptionalInt processor) {
        var mode = LoadMode.of(rate);
        return new LatencyPlan(
                series,
                command,
                pipeline,
                new Settings(mode, payload, false, busy, strategy()),
                new ClientSide(clients, processor, realTime, load),
                warmUp,
                length(),
                block == null ? LatencyPlan.blockFor(mode) : block,
                LatencyPlan.USUAL_PATIENCE,
                seed,
                serverStrategy());
    }

    /// Of a quick run, what starting the servers, the probe and redis-cli leaves.
    private Duration length() {
        if (!quick) {
            return Duration.ofSeconds(seconds == null ? 30 : seconds);
        }
        // The probe's start takes some 2 s, redis-cli a second a socket.
        int rest = 3
                + 2
                        * (int) targets().stream()
                                .filter(t -> !t.equals(MeasuredTargets.ECHO))
                                .count();
        var left = Duration.ofSeconds(QUICK_SECONDS - rest).minus(warmUp).minusNanos(System.nanoTime() - began);
        return Duration.ofSeconds(Math.max(2, left.toSeconds()));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static void requireKnown(String kind, List<String> given, List<String> known) {
        given.forEach(name -> VerbLine.requireKnown(kind, name, known));
        requireOnce(kind, given);
    }

    private static void requireOnce(String kind, List<String> given) {
        if (given.stream().distinct().count() < given.size()) {
            throw new IllegalArgumentException("A " + kind + " is given twice: " + String.join(",", given));
        }
    }

    private static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            var match = java.util.regex.Pattern.compile("(\\d{1,9})(ms|s|m)?").matcher(text);
            if (!match.matches()) {
                throw new TypeConversionException("a duration is a number with ms, s or m, such as 500ms, not " + text);
            }
            long number = Long.parseLong(match.group(1));
            return switch (String.valueOf(match.group(2))) {
                case "ms" -> Duration.ofMillis(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofSeconds(number);
            };
        }
    }
}

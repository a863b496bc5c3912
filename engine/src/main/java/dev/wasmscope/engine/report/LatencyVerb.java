package dev.wasmscope.engine.report;

import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.LoadMode;
import dev.wasmscope.engine.latency.MeasuredTargets;
import dev.wasmscope.engine.latency.Settings;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.spi.Verb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `latency`: measures Redis servers over several transports, interleaved, and writes a table or JSON.
public final class LatencyVerb implements Verb {
    private static final List<String> TRANSPORTS = List.of("tcp", "unix", "shm");

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String summary() {
        return "Measure the latency of Redis and an echo server over TCP and Unix sockets.";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        return VerbLine.run(this, new Line(terminal), arguments, terminal);
    }

    @Command(sortOptions = false)
    private static final class Line implements Callable<Integer> {
        private static final int QUICK_SECONDS = 20;
        private static final int LONGEST_SECONDS = 86_400;

        private final long began = System.nanoTime();
        private final Terminal terminal;

        @Option(names = "--quick", description = "20 seconds in all, and a table.")
        boolean quick;

        @Option(
                names = "--target",
                split = ",",
                paramLabel = "T",
                defaultValue = "native,echo",
                description = "What is measured: native, echo, wasm. Default: native,echo.")
        List<String> targets = List.of();

        @Option(
                names = "--transport",
                split = ",",
                paramLabel = "T",
                defaultValue = "tcp,unix",
                description = "Over what: tcp, unix. Default: both.")
        List<String> transports = List.of();

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
                names = "--rate",
                paramLabel = "N",
                description =
                        "Requests a second in each series, timed from the planned send; 0: closed loop. Default: 0.")
        double rate;

        @Option(names = "--seconds", paramLabel = "N", description = "How long after the warm-up. Default: 30.")
        @Nullable
        Integer seconds;

        @Option(
                names = "--warmup",
                paramLabel = "D",
                converter = DurationConverter.class,
                description = "Not counted: 500ms, 2s. Default: 2s.")
        Duration warmUp = Duration.ofSeconds(2);

        @Option(names = "--seed", paramLabel = "N", description = "Of the order of the blocks. Default: a new one.")
        long seed = System.nanoTime();

        @Option(names = "--json", description = "Write JSON instead of the table.")
        boolean json;

        @Option(
                names = "--out",
                paramLabel = "DIR",
                description = "Also write JSON, CSV, .hgrm and the charts as SVG, PNG and PDF.")
        @Nullable
        Path out;

        Line(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            VerbLine.check(this::check);
            terminal.err().println("latency: starting " + String.join(", ", targets));
            try (var servers = MeasuredTargets.start(targets, Directories.ofUser())) {
                var job = new LatencyJob(plan(servers), servers.versions(), terminal);
                return job.run(json, out);
            }
        }

        private void check() {
            requireKnown("target", targets, MeasuredTargets.names());
            requireKnown("transport", transports, TRANSPORTS);
            if (seconds != null && (seconds < 1 || seconds > LONGEST_SECONDS)) {
                throw new IllegalArgumentException("A run lasts 1 to " + LONGEST_SECONDS + " seconds, not " + seconds);
            }
            if (quick && seconds != null) {
                throw new IllegalArgumentException("--quick lasts 20 seconds in all; leave out --quick or --seconds");
            }
            // A plan refuses what is out of range; better before servers are started.
            var _ = new LatencyPlan(
                    List.of(new dev.wasmscope.engine.latency.PlannedSeries("", "", "")),
                    command,
                    pipeline,
                    settings(),
                    warmUp,
                    Duration.ZERO,
                    LatencyPlan.USUAL_BLOCK,
                    LatencyPlan.USUAL_PATIENCE,
                    seed);
        }

        private LatencyPlan plan(MeasuredTargets servers) {
            return new LatencyPlan(
                    servers.series(transports),
                    command,
                    pipeline,
                    settings(),
                    warmUp,
                    length(),
                    LatencyPlan.USUAL_BLOCK,
                    LatencyPlan.USUAL_PATIENCE,
                    seed);
        }

        /// Of a quick run, what starting the servers and the probe leaves.
        private Duration length() {
            if (!quick) {
                return Duration.ofSeconds(seconds == null ? 30 : seconds);
            }
            var left = Duration.ofSeconds(QUICK_SECONDS - 1).minus(warmUp).minusNanos(System.nanoTime() - began);
            return left.compareTo(Duration.ofSeconds(2)) < 0 ? Duration.ofSeconds(2) : left;
        }

        private Settings settings() {
            return new Settings(LoadMode.of(rate), payload, false, false);
        }

        private static void requireKnown(String kind, List<String> given, List<String> known) {
            given.forEach(name -> VerbLine.requireKnown(kind, name, known));
            if (given.stream().distinct().count() < given.size()) {
                throw new IllegalArgumentException("A " + kind + " is given twice: " + String.join(",", given));
            }
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

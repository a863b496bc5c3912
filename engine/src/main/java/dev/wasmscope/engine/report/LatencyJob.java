package dev.wasmscope.engine.report;

import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.LatencyRun;
import dev.wasmscope.engine.latency.RunState;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.platform.Environment;
import dev.wasmscope.engine.spi.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One run from the command line: progress while it lasts, then the report. Ctrl-C ends the measuring only.
final class LatencyJob {
    private static final int LAST_WORDS_SECONDS = 5;

    private final LatencyPlan plan;
    private final Map<String, String> versions;
    private final Verb.Terminal terminal;

    LatencyJob(LatencyPlan plan, Map<String, String> versions, Verb.Terminal terminal) {
        this.plan = plan;
        this.versions = versions;
        this.terminal = terminal;
    }

    /// @param out directory for the files; null for none
    /// @return the exit code
    int run(boolean json, @Nullable Path out) throws IOException, InterruptedException {
        var environment = Environment.read(LatencyRun.probeOptions(), versions);
        var reported = new CountDownLatch(1);
        try (var run = LatencyRun.start(plan)) {
            var interrupted = new Thread(() -> endEarly(run, reported), "latency-interrupted");
            Runtime.getRuntime().addShutdownHook(interrupted);
            var end = await(run);
            var report = new LatencyReport(plan, run.recorder().snapshot(), environment);
            print(report, json);
            if (out != null) {
                ReportFiles.write(report, out);
                terminal.err().println("latency: wrote " + out);
            }
            reported.countDown();
            removeHook(interrupted);
            return exitCode(end);
        } finally {
            reported.countDown();
        }
    }

    private RunState await(LatencyRun run) throws InterruptedException {
        while (!run.state().over()) {
            try {
                var _ = run.over().get(1, TimeUnit.SECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                progress(run.recorder().recent(0));
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException("A run's end never fails", e);
            }
        }
        return run.state();
    }

    private void progress(Snapshot snapshot) {
        if (snapshot.startedMillis() == 0) {
            return;
        }
        double planned = plan.warmUp().plus(plan.length()).toMillis() / 1000.0;
        double done = Math.min(snapshot.seconds(), planned);
        var medians = snapshot.series().stream()
                .filter(s -> s.latency().samples() > 0)
                .map(s ->
                        s.series().title() + " " + Numbers.withUnit(s.latency().percentileOrWeaker(50)))
                .collect(Collectors.joining(", "));
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "latency: %2.0f of %.0f s  %s%n",
                        done,
                        planned,
                        medians.isEmpty() ? "warming up" : "p50 " + medians);
    }

    private void print(LatencyReport report, boolean json) {
        if (json) {
            terminal.out().println(report.json());
        } else {
            terminal.out().println(report.caption());
            terminal.out().println();
            terminal.out().print(report.table());
        }
        terminal.out().flush();
    }

    private int exitCode(RunState end) {
        return switch (end) {
            case RunState.Failed(String sentence) -> {
                terminal.err().println(sentence);
                yield VerbLine.FAILED;
            }
            default -> VerbLine.DONE;
        };
    }

    private static void endEarly(LatencyRun run, CountDownLatch reported) {
        run.stop();
        try {
            var _ = reported.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The shutdown is what ended the run.
        }
    }
}

package dev.wasmscope.engine.report;

import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.LatencyRun;
import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.Recording;
import dev.wasmscope.engine.latency.RunState;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.latency.WarmUp;
import dev.wasmscope.engine.platform.Environment;
import dev.wasmscope.engine.spi.Verb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The runs of one command line, with progress while they last. Ctrl-C ends the measuring only; whoever owns this
/// closes it when the report is written, which lets the process end.
final class LatencyJob implements AutoCloseable {
    private static final int LAST_WORDS_SECONDS = 5;

    private final LatencyPlan plan;
    private final @Nullable Sweep sweep;
    private final int repeats;
    private final Environment environment;
    private final Verb.Terminal terminal;
    private final CountDownLatch reported = new CountDownLatch(1);
    private final Thread hook = new Thread(this::endEarly, "latency-interrupted");
    private volatile @Nullable LatencyRun current;
    private volatile boolean ended;
    private RunState last = new RunState.Starting();

    /// @param sweep null for a single run
    LatencyJob(LatencyPlan plan, @Nullable Sweep sweep, int repeats, Environment environment, Verb.Terminal terminal) {
        this.plan = plan;
        this.sweep = sweep;
        this.repeats = repeats;
        this.environment = environment;
        this.terminal = terminal;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// @return what was measured until the end, or until it was ended early
    Optional<Measurement> run() throws IOException, InterruptedException {
        var points = new ArrayList<Recording>();
        var plans = sweep == null
                ? List.of(plan)
                : sweep.values().stream().map(v -> sweep.of().in(plan, v)).toList();
        for (int i = 0; i < plans.size() && !over(); i++) {
            if (sweep != null) {
                terminal.err()
                        .println("latency: " + Numbers.plain(sweep.values().get(i)) + " "
                                + sweep.of().unit());
            }
            repeated(plans.get(i)).ifPresent(points::add);
        }
        return points.isEmpty() ? Optional.empty() : Optional.of(new Measurement(sweep, points, List.of()));
    }

    int exitCode() {
        if (last instanceof RunState.Failed(String sentence)) {
            terminal.err().println(sentence);
            return VerbLine.FAILED;
        }
        return VerbLine.DONE;
    }

    @Override
    public void close() {
        reported.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The shutdown is what ended the run.
        }
    }

    private boolean over() {
        return ended || last instanceof RunState.Failed;
    }

    private Optional<Recording> repeated(LatencyPlan once) throws IOException, InterruptedException {
        var all = Optional.<Recording>empty();
        for (int i = 0; i < repeats && !over(); i++) {
            var prefix = repeats == 1 ? "latency: " : "latency: run %d of %d, ".formatted(i + 1, repeats);
            var next = measured(once, prefix);
            all = Optional.of(all.isEmpty() ? next : all.get().followedBy(next));
        }
        return all;
    }

    private Recording measured(LatencyPlan once, String prefix) throws IOException, InterruptedException {
        try (var run = LatencyRun.start(once)) {
            current = run;
            if (ended) {
                run.stop();
            }
            last = await(run, prefix);
            return run.recorder().recording(environment);
        } finally {
            current = null;
        }
    }

    private RunState await(LatencyRun run, String prefix) throws InterruptedException {
        while (!run.state().over()) {
            try {
                var _ = run.over().get(1, TimeUnit.SECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                progress(run, prefix);
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException("A run's end never fails", e);
            }
        }
        return run.state();
    }

    private void progress(LatencyRun run, String prefix) {
        Snapshot snapshot = run.recorder().recent(0);
        if (snapshot.startedMillis() == 0) {
            return;
        }
        var longer = snapshot.warmUp().filter(w -> !w.over());
        if (longer.isPresent()) {
            var sentence = longer.get().sentence();
            terminal.err()
                    .printf(
                            Locale.ROOT,
                            "%s%2.0f s, %s%n",
                            prefix,
                            snapshot.seconds(),
                            Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1));
            return;
        }
        double warming =
                snapshot.warmUp().map(WarmUp::seconds).orElse(plan.warmUp().toMillis() / 1000.0);
        double planned = warming + plan.length().toMillis() / 1000.0;
        double done = Math.min(snapshot.seconds(), planned);
        var medians = snapshot.series().stream()
                .filter(s -> s.latency().samples() > 0)
                .map(s ->
                        s.series().title() + " " + Numbers.withUnit(s.latency().percentileOrWeaker(50)))
                .collect(Collectors.joining(", "));
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "%s%2.0f of %.0f s  %s%n",
                        prefix,
                        done,
                        planned,
                        medians.isEmpty() ? "warming up" : "p50 " + medians);
    }

    private void endEarly() {
        ended = true;
        var run = current;
        if (run != null) {
            run.stop();
        }
        try {
            var _ = reported.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

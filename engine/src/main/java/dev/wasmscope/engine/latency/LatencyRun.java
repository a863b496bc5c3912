package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.platform.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A measurement under way in a process of its own.
///
/// Callable from any thread. The owner closes it, which ends the probe; it ends with this process too, however that
/// ends.
public final class LatencyRun implements AutoCloseable {
    private static final List<String> PROBE_JVM = List.of(
            "-XX:+UseSerialGC",
            "-Xms96m",
            "-Xmx96m",
            "-XX:+AlwaysPreTouch",
            "-Xshare:auto",
            "-Djava.awt.headless=true");

    private static final int INTERRUPTED = 128 + 2;

    private final LatencyPlan plan;
    private final Recorder recorder;
    private final Process probe;
    private final Writer control;
    private final CompletableFuture<RunState> over = new CompletableFuture<>();
    private volatile RunState state = new RunState.Starting();
    private volatile Settings settings;
    private volatile boolean stopping;

    private LatencyRun(LatencyPlan plan, Process probe) {
        this.plan = plan;
        this.probe = probe;
        recorder = new Recorder(plan);
        settings = plan.settings();
        control = new OutputStreamWriter(probe.getOutputStream(), StandardCharsets.UTF_8);
    }

    /// Starts the probe; whatever goes wrong later is in [#state()].
    ///
    /// @throws IOException when no process can be started
    public static LatencyRun start(LatencyPlan plan) throws IOException {
        var run = new LatencyRun(plan, ChildJvm.start(ProbeMain.class, PROBE_JVM, List.of()));
        Thread.ofPlatform().daemon().name("probe-reader").start(run::readAll);
        run.write(ProbeLine.Plan.of(plan));
        return run;
    }

    /// What the probe's JVM is started with, for the environment of a report.
    public static List<String> probeOptions() {
        return PROBE_JVM;
    }

    public LatencyPlan plan() {
        return plan;
    }

    public Recorder recorder() {
        return recorder;
    }

    public RunState state() {
        return state;
    }

    /// Completes with [RunState.Ended] or [RunState.Failed], never exceptionally.
    public CompletableFuture<RunState> over() {
        return over.copy();
    }

    /// As last turned here; the probe takes it over at its next block.
    public Settings settings() {
        return settings;
    }

    /// Turns payload, rate, pause or load while it runs. Does nothing once the run is over.
    public synchronized void turn(Settings wanted) {
        settings = wanted;
        write(new ProbeLine.Change(ProbeLine.Turned.of(wanted)));
    }

    /// Ends the run after the block that is under way; what was measured stays.
    public synchronized void stop() {
        stopping = true;
        write(new ProbeLine.Stop());
    }

    long pid() {
        return probe.pid();
    }

    /// Stops and waits for the probe's end, a second for its good will.
    @Override
    public void close() {
        stop();
        try {
            if (!probe.waitFor(1, TimeUnit.SECONDS)) {
                probe.destroyForcibly();
            }
        } catch (InterruptedException e) {
            probe.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void write(ProbeLine line) {
        try {
            control.write(ProbeLine.write(line) + "\n");
            control.flush();
        } catch (IOException e) {
            // The probe is gone; the reader finds out why.
        }
    }

    private void readAll() {
        @Nullable RunState end = null;
        try (var lines = new BufferedReader(new InputStreamReader(probe.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                end = take(ProbeLine.read(line), end);
            }
        } catch (IOException | IllegalArgumentException e) {
            end = new RunState.Failed("The measuring process could not be understood: " + e.getMessage() + ".");
            probe.destroyForcibly();
        }
        finish(end == null ? withoutWord() : end);
    }

    private @Nullable RunState take(ProbeLine line, @Nullable RunState end) {
        switch (line) {
            case ProbeLine.Noise _, ProbeLine.Ready _, ProbeLine.Warming _, ProbeLine.Changed _ -> recorder.take(line);
            case ProbeLine.Interval interval -> {
                recorder.take(interval);
                state = new RunState.Running();
            }
            case ProbeLine.Problem(boolean fatal, String sentence) -> {
                if (fatal) {
                    return new RunState.Failed(sentence);
                }
                System.getLogger(LatencyRun.class.getName()).log(System.Logger.Level.WARNING, sentence);
            }
            case ProbeLine.End(long dropped) -> {
                return end == null ? new RunState.Ended(dropped) : end;
            }
            case ProbeLine other ->
                throw new IllegalArgumentException(
                        "a probe does not send " + other.getClass().getSimpleName());
        }
        return end;
    }

    private RunState withoutWord() {
        try {
            int exit = probe.waitFor();
            // Ctrl-C in a terminal reaches the probe as well as us.
            return stopping || exit == INTERRUPTED
                    ? new RunState.Ended(0)
                    : new RunState.Failed("The measuring process ended without a word, with exit code " + exit
                            + "; what it had sent until then is kept. Start the run again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new RunState.Failed("Waiting for the measuring process was interrupted.");
        }
    }

    private void finish(RunState end) {
        state = end;
        over.complete(end);
    }
}

package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.LatencyRun;
import dev.wasmscope.engine.latency.MeasuredTargets;
import dev.wasmscope.engine.latency.PlannedSeries;
import dev.wasmscope.engine.latency.Recording;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.Environment;
import dev.wasmscope.engine.platform.ThreadPlacement;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The processes of one measurement: the servers and the probe that measures them. Closing waits for their end, so
/// not on the UI thread.
///
/// @param count of runs of the same plan
/// @param left those still to come
/// @param before what those that are over have measured
record Lanes(
        MeasuredTargets servers,
        LatencyRun run,
        Environment environment,
        int count,
        int left,
        Optional<Recording> before)
        implements AutoCloseable {
    /// What is to be started.
    ///
    /// @param strategy how the servers wait at shared memory
    /// @param pinned whether the probe stays on the last processor and the servers on the others
    /// @param repeats runs of the same plan, one after another
    /// @param plan of the series that could be had
    record Wanted(
            LaneChoice choice,
            WaitStrategy strategy,
            boolean pinned,
            int repeats,
            Function<List<PlannedSeries>, LatencyPlan> plan) {
        Wanted then(UnaryOperator<LatencyPlan> change) {
            return new Wanted(choice, strategy, pinned, repeats, plan.andThen(change));
        }
    }

    /// @throws IOException when a server does not start or no chosen lane can be had
    static Lanes start(Wanted wanted, Directories directories) throws IOException {
        var servers = MeasuredTargets.start(wanted.choice().targets(), directories, wanted.strategy());
        try {
            var series = servers.series(wanted.choice().measured());
            if (series.isEmpty()) {
                throw new IOException("None of the chosen lanes can be had here. Choose others.");
            }
            var environment = Environment.read(LatencyRun.probeOptions(), servers.versions());
            var plan = wanted.plan().apply(series);
            if (wanted.pinned()) {
                var processors = new ArrayList<>(ThreadPlacement.allowed());
                int processor = processors.removeLast();
                environment = environment.withPinning("client " + processor + ", " + servers.pin(processors));
                plan = plan.withClient(plan.client().withProcessor(OptionalInt.of(processor)));
            }
            int repeats = wanted.repeats();
            return new Lanes(servers, LatencyRun.start(plan), environment, repeats, repeats - 1, Optional.empty());
        } catch (IOException | RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /// Another plan for the same servers; ends the run before. Closed instead of this.
    ///
    /// @throws IOException when no probe can be started; the servers go on
    Lanes followedBy(LatencyPlan plan) throws IOException {
        run.close();
        return new Lanes(servers, LatencyRun.start(plan), environment, count, count - 1, Optional.empty());
    }

    /// The next run of the same plan; ends the one before. Closed instead of this.
    ///
    /// @throws IOException when no probe can be started; the servers go on
    Lanes again() throws IOException {
        run.close();
        var measured = recording();
        return new Lanes(servers, LatencyRun.start(run.plan()), environment, count, left - 1, Optional.of(measured));
    }

    /// All runs of the plan up to now; gathers them, so not on the UI thread.
    Recording recording() {
        var own = run.recorder().recording(environment);
        return before.map(all -> all.followedBy(own)).orElse(own);
    }

    /// `Run 2 of 3`.
    String title() {
        return "Run %d of %d".formatted(count - left, count);
    }

    @Override
    public void close() throws IOException {
        run.close();
        servers.close();
    }
}

package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.LatencyRun;
import dev.wasmscope.engine.latency.MeasuredTargets;
import dev.wasmscope.engine.latency.PlannedSeries;
import dev.wasmscope.engine.latency.Recording;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.Environment;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/// The processes of one measurement: the servers and the probe that measures them. Closing waits for their end, so
/// not on the UI thread.
record Lanes(MeasuredTargets servers, LatencyRun run, Environment environment) implements AutoCloseable {
    /// @param strategy how the servers wait at shared memory
    /// @param plan of the series that could be had
    /// @throws IOException when a server does not start or no chosen lane can be had
    static Lanes start(
            LaneChoice choice,
            WaitStrategy strategy,
            Function<List<PlannedSeries>, LatencyPlan> plan,
            Directories directories)
            throws IOException {
        var servers = MeasuredTargets.start(choice.targets(), directories, strategy);
        try {
            var series = servers.series(choice.measured());
            if (series.isEmpty()) {
                throw new IOException("None of the chosen lanes can be had here. Choose others.");
            }
            var environment = Environment.read(LatencyRun.probeOptions(), servers.versions());
            return new Lanes(servers, LatencyRun.start(plan.apply(series)), environment);
        } catch (IOException | RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /// The next run of the same servers; ends the one before. Closed instead of this.
    ///
    /// @throws IOException when no probe can be started; the servers go on
    Lanes followedBy(LatencyPlan plan) throws IOException {
        run.close();
        return new Lanes(servers, LatencyRun.start(plan), environment);
    }

    /// All of the run; gathers it, so not on the UI thread.
    Recording recording() {
        return run.recorder().recording(environment);
    }

    @Override
    public void close() throws IOException {
        run.close();
        servers.close();
    }
}

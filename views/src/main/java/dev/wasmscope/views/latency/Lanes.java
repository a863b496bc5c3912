package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.LatencyRun;
import dev.wasmscope.engine.latency.MeasuredTargets;
import dev.wasmscope.engine.latency.Settings;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.Environment;
import java.io.IOException;
import java.time.Duration;

/// The processes of one measurement: the servers and the probe that measures them. Closing waits for their end, so
/// not on the UI thread.
record Lanes(MeasuredTargets servers, LatencyRun run, Environment environment) implements AutoCloseable {
    static Lanes start(LaneChoice choice, Settings settings, Directories directories) throws IOException {
        var servers = MeasuredTargets.start(choice.targets(), directories);
        try {
            var plan = LatencyPlan.of(servers.series(choice.transports()), settings)
                    .withLength(Duration.ofSeconds(1), Duration.ZERO);
            var environment = Environment.read(LatencyRun.probeOptions(), servers.versions());
            return new Lanes(servers, LatencyRun.start(plan), environment);
        } catch (IOException | RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        run.close();
        servers.close();
    }
}

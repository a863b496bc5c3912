package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.LatencyRun;
import dev.wasmscope.engine.latency.MeasuredTargets;
import dev.wasmscope.engine.latency.Settings;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.Environment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// The processes of one measurement: the servers and the probe that measures them. Closing waits for their end, so
/// not on the UI thread.
record Lanes(MeasuredTargets servers, LatencyRun run, Environment environment) implements AutoCloseable {
    /// What every machine has; Redis in Wasm needs its module, which a machine without clang cannot build.
    private static final List<String> TARGETS = List.of(MeasuredTargets.NATIVE, MeasuredTargets.ECHO);

    private static final List<String> TRANSPORTS = List.of("tcp", "unix");

    static Lanes start(Settings settings, Directories directories) throws IOException {
        var servers = MeasuredTargets.start(TARGETS, directories);
        try {
            var plan = LatencyPlan.of(servers.series(TRANSPORTS), settings)
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

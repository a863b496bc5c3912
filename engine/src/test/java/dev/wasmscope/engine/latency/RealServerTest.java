package dev.wasmscope.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.Environment;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The measuring process against servers in processes of their own, of which is known what they do.
class RealServerTest {
    @TempDir
    Path folder;

    @Test
    void knownDelaysAreReadBackWithinFivePercent() throws Exception {
        assumeProcessorsForBoth();
        var delays = List.of(Duration.ofNanos(50_000), Duration.ofNanos(200_000), Duration.ofNanos(1_000_000));
        try (var server = KnownDelayServer.start(folder, delays)) {
            var settings = new Settings(LoadMode.of(0), 16, false, false, WaitStrategy.SPIN);
            var plan = LatencyPlan.of(server.series(), settings)
                    .withLength(Duration.ofMillis(600), Duration.ofMillis(2400));
            // Both sides compute all the time: on a machine that is busy with other things they wait for each other.
            var read = medians(plan);
            for (int tries = 1; tries < 3 && !close(read, delays); tries++) {
                read = medians(plan);
            }
            assertThat(close(read, delays)).describedAs("%s", read).isTrue();
        }
    }

    /// Two sides that compute all the time get nothing done where many others do the same.
    private static void assumeProcessorsForBoth() {
        var environment = Environment.read(List.of(), Map.of());
        assumeThat(environment.loadAverage() / environment.cores()).isLessThan(2.5);
    }

    private static List<Double> medians(LatencyPlan plan) throws Exception {
        return measured(plan).snapshot().series().stream()
                .map(s -> s.latency().percentileOrWeaker(50))
                .toList();
    }

    private static boolean close(List<Double> micros, List<Duration> delays) {
        for (int i = 0; i < delays.size(); i++) {
            double expected = delays.get(i).toNanos() / 1000.0;
            if (Math.abs(micros.get(i) - expected) > expected * 0.05) {
                return false;
            }
        }
        return true;
    }

    @Test
    void stoppedServerShowsInThePlannedSendAndHardlyInTheActualOne() throws Exception {
        try (var redis = NativeRedis.start(Directories.ofUser())) {
            var series = PlannedSeries.of(redis, redis.transport("unix").orElseThrow(), redis.pid());
            var plan = LatencyPlan.of(List.of(series), new Settings(LoadMode.of(1000), 16, false, false))
                    .withLength(Duration.ofMillis(300), Duration.ofSeconds(2));
            try (var run = LatencyRun.start(plan)) {
                while (run.recorder().snapshot().series().getFirst().latency().samples() < 200) {
                    assertThat(run.state().over()).isFalse();
                    Thread.sleep(5);
                }
                signal("STOP", redis.pid().orElseThrow());
                Thread.sleep(500);
                signal("CONT", redis.pid().orElseThrow());
                assertThat(run.over().get(30, TimeUnit.SECONDS)).isEqualTo(new RunState.Ended(0));
                var measured = run.recorder().snapshot().series().getFirst();
                assertThat(measured.latency().percentileOrWeaker(90)).isGreaterThan(100_000);
                assertThat(measured.service().percentileOrWeaker(90)).isLessThan(20_000);
                assertThat(measured.service().row().max())
                        .describedAs("the request that was under way")
                        .isGreaterThan(400_000);
            }
        }
    }

    @Test
    void blocksSayWhatTheyCostBothSides() throws Exception {
        assumeProcessorsForBoth();
        try (var server = KnownDelayServer.start(folder, List.of(Duration.ofNanos(100_000)))) {
            var settings = new Settings(LoadMode.of(0), 16, false, false, WaitStrategy.SPIN);
            var recording = measured(LatencyPlan.of(server.series(), settings)
                    .withLength(Duration.ofMillis(300), Duration.ofMillis(600)));
            var cpu = recording.snapshot().series().getFirst().cpu();
            // Both compute for the 100 us of each request, 0.1 s per 1,000; on a busy machine one spins while the
            // other is kept waiting.
            assertThat(cpu.client()).isNotNull().isBetween(0.03, 3.0);
            assertThat(cpu.server()).isNotNull().isBetween(0.03, 3.0);
            assertThat(recording.blocks(0)).allSatisfy(b -> {
                assertThat(b.clientNanos()).isPositive();
                assertThat(b.serverNanos()).isPositive();
            });
            assertThat(recording.snapshot().noise())
                    .hasValueSatisfying(n -> assertThat(n.gaps().samples()).isGreaterThan(1000));
        }
    }

    @Test
    void severalConnectionsAreDrivenInOneThread() throws Exception {
        try (var redis = NativeRedis.start(Directories.ofUser())) {
            var series = PlannedSeries.of(redis, redis.transport("unix").orElseThrow(), redis.pid());
            var plan = LatencyPlan.of(List.of(series), new Settings(LoadMode.of(0), 16, false, false))
                    .withLength(Duration.ofMillis(200), Duration.ofMillis(400));
            var one = measured(plan).snapshot().series().getFirst();
            var twenty = measured(plan.withClient(plan.client().withConnections(20)))
                    .snapshot()
                    .series()
                    .getFirst();
            assertThat(twenty.latency().samples() % 20).isZero();
            assertThat(twenty.latency().percentileOrWeaker(50))
                    .describedAs("each waits for those before it")
                    .isGreaterThan(one.latency().percentileOrWeaker(50) * 2);
        }
    }

    @Test
    void measuringThreadStaysOnTheProcessorThatWasAskedFor() throws Exception {
        try (var server = StubServer.answering("+PONG\r\n")) {
            var plan = LatencyPlan.of(List.of(server.series("stub")), new Settings(LoadMode.of(0), 16, false, false))
                    .withLength(Duration.ZERO, Duration.ofMillis(100))
                    .withClient(new ClientSide(1, OptionalInt.of(0), false, 1));
            assertThat(measured(plan).client())
                    .hasValueSatisfying(c -> assertThat(c.processors()).isEqualTo("0"));
            var nowhere = plan.withClient(new ClientSide(1, OptionalInt.of(1000), false, 0));
            try (var run = LatencyRun.start(nowhere)) {
                assertThat(run.over().get(20, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                RunState.Failed.class,
                                f -> assertThat(f.sentence()).contains("Processor 1000 is not to be had"));
            }
        }
    }

    @Test
    void realTimeThreadIsUsualAgainOrSaysThatItIsNotAllowed() throws Exception {
        try (var server = StubServer.answering("+PONG\r\n")) {
            var plan = LatencyPlan.of(List.of(server.series("stub")), new Settings(LoadMode.of(0), 16, false, false))
                    .withLength(Duration.ZERO, Duration.ofMillis(100))
                    .withClient(new ClientSide(1, OptionalInt.empty(), true, 0));
            try (var run = LatencyRun.start(plan)) {
                var end = run.over().get(20, TimeUnit.SECONDS);
                if (end instanceof RunState.Failed(String sentence)) {
                    assertThat(sentence).contains("Real-time priority is not allowed");
                } else {
                    var recording = run.recorder().recording(Environment.read(List.of(), Map.of()));
                    assertThat(recording.client())
                            .hasValueSatisfying(c -> assertThat(c.scheduler()).isEqualTo("SCHED_FIFO"));
                }
            }
        }
    }

    private static Recording measured(LatencyPlan plan) throws Exception {
        try (var run = LatencyRun.start(plan)) {
            assertThat(run.over().get(60, TimeUnit.SECONDS)).isEqualTo(new RunState.Ended(0));
            return run.recorder().recording(Environment.read(LatencyRun.probeOptions(), Map.of()));
        }
    }

    private static void signal(String name, long process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process))
                        .start()
                        .waitFor())
                .isZero();
    }
}

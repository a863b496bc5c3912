package dev.wasmscope.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wasmscope.engine.platform.CompilerTime;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real probes, and servers that Java compiles while they are measured.
class WarmingUpTest {
    @TempDir
    Path folder;

    @BeforeEach
    void compilersAreTold() {
        assumeThat(Files.isDirectory(Path.of("/proc/self/task"))).isTrue();
    }

    @Test
    void blocksCountOnlyWhenTheServerIsCompiledAndTheReasonIsTold() throws Exception {
        try (var servers = MeasuredTargets.start(List.of("echo", "native"), directories())) {
            // Before the echo server can have had a second of requests.
            var plan = plan(servers.series(MeasuredLane.product(List.of("echo", "native"), List.of("unix"))), 0, 1);
            try (var run = LatencyRun.start(plan)) {
                assertThat(awaitWarming(run).compiled()).containsExactly("echo");
                assertThat(run.over().get(90, TimeUnit.SECONDS)).isEqualTo(new RunState.Ended(0));
                var recording = run.recorder().recording(Environment.read(List.of(), Map.of()));
                var warmUp = recording.snapshot().warmUp().orElseThrow();
                assertThat(warmUp.over()).isTrue();
                assertThat(warmUp.compiled()).containsExactly("echo");
                assertThat(warmUp.sentence()).startsWith("warm-up: ").contains("the echo server");
                assertThat(recording.lines())
                        .filteredOn(l -> l.contains("\"warming\""))
                        .hasSize(2);
                for (int i = 0; i < 2; i++) {
                    assertThat(recording.blocks(i))
                            .anyMatch(RecordedBlock::counted)
                            .allMatch(b -> b.counted() == (b.start() - begun(recording) >= warmUp.seconds() * 1e9 - 1));
                }
                var again = Recording.read(recording.planLine(), recording.environment(), recording.lines());
                assertThat(again.snapshot().warmUp()).contains(warmUp);
            }
        }
    }

    @Test
    void stopDuringALongWarmUpEndsTheRunWithoutNumbers() throws Exception {
        // It would take minutes to get it its requests, and is given up after 20 s.
        try (var server = KnownDelayServer.start(folder, List.of(Duration.ofMillis(100)));
                var run = LatencyRun.start(plan(server.series(), 0, 1))) {
            var _ = awaitWarming(run);
            run.stop();
            assertThat(run.over().get(15, TimeUnit.SECONDS)).isEqualTo(new RunState.Ended(0));
            assertThat(run.recorder().snapshot().warmUp().orElseThrow().over()).isFalse();
            assertThat(run.recorder().snapshot().series().getFirst().latency().samples())
                    .isZero();
        }
    }

    @Test
    void nativeServersAndPlansWithoutWarmUpAreNeverWaitedFor() throws Exception {
        try (var servers = MeasuredTargets.start(List.of("echo", "native"), directories())) {
            var both = servers.series(MeasuredLane.product(List.of("echo", "native"), List.of("unix")));
            assertThat(CompilerTime.ofProcess(both.get(0).process().orElseThrow()))
                    .isPresent();
            assertThat(CompilerTime.ofProcess(both.get(1).process().orElseThrow()))
                    .isEmpty();
            assertThat(measured(plan(both.subList(1, 2), 1000, 50)).compiled()).isEmpty();
            assertThat(measured(plan(both, 0, 0))).isEqualTo(new WarmUp(0, true, List.of(), List.of()));
        }
    }

    @Test
    void sentenceSaysWhatIsWaitedForAndWhatItCameTo() {
        assertThat(new WarmUp(3, false, List.of("wasm"), List.of()).sentence())
                .isEqualTo("Warming up: Redis in Wasm is being compiled");
        assertThat(new WarmUp(3, false, List.of("wasm", "echo"), List.of()).sentence())
                .isEqualTo("Warming up: Redis in Wasm and the echo server are being compiled");
        assertThat(new WarmUp(2, true, List.of(), List.of()).sentence()).isEqualTo("warm-up: 2.0 s");
        assertThat(new WarmUp(21.3, true, List.of("wasm", "echo"), List.of("wasm")).sentence())
                .isEqualTo("warm-up: 21.3 s, until the echo server had been compiled; not compiled even then:"
                        + " Redis in Wasm");
    }

    private static WarmUp measured(LatencyPlan plan) throws Exception {
        try (var run = LatencyRun.start(plan)) {
            assertThat(run.over().get(90, TimeUnit.SECONDS)).isEqualTo(new RunState.Ended(0));
            var warmUp = run.recorder().snapshot().warmUp().orElseThrow();
            return plan.warmUp().isZero()
                    ? new WarmUp(Math.floor(warmUp.seconds()), warmUp.over(), warmUp.compiled(), warmUp.unfinished())
                    : warmUp;
        }
    }

    private static WarmUp awaitWarming(LatencyRun run) throws Exception {
        var warmUp = run.recorder().recent(0).warmUp();
        while (warmUp.isEmpty()) {
            assertThat(run.over()).isNotDone();
            Thread.sleep(5);
            warmUp = run.recorder().recent(0).warmUp();
        }
        return warmUp.get();
    }

    private static long begun(Recording recording) {
        return recording.lines().stream()
                .map(ProbeLine::read)
                .filter(l -> l instanceof ProbeLine.Ready)
                .mapToLong(l -> ((ProbeLine.Ready) l).nanos())
                .findFirst()
                .orElseThrow();
    }

    private static LatencyPlan plan(List<PlannedSeries> series, double rate, int warmUpMillis) {
        return LatencyPlan.of(series, new Settings(LoadMode.of(rate), 16, false, false))
                .withLength(Duration.ofMillis(warmUpMillis), Duration.ofMillis(300));
    }

    private Directories directories() {
        return new Directories(
                folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"), folder.resolve("run"));
    }
}

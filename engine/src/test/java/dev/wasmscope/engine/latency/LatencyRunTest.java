package dev.wasmscope.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Real probe processes against servers whose behaviour is known.
class LatencyRunTest {
    private static final String PONG = "+PONG\r\n";

    @Test
    void delayOfTheServerIsWhatIsMeasured() throws Exception {
        try (var server = new StubServer(PONG, Duration.ofMillis(3), 0, Duration.ZERO)) {
            var row = measure(plan(server, 0, Duration.ofMillis(600))).latency().row();
            assertThat(row.samples()).isBetween(50L, 220L);
            assertThat(row.min()).isGreaterThan(3000);
            assertThat(row.p50()).isBetween(3000.0, 9000.0);
            assertThat(row.p999()).describedAs("fewer than ten samples above").isNull();
        }
    }

    @Test
    void stallIsChargedToEverySendItKeptFromBeingMade() throws Exception {
        try (var server = StubServer.answering(PONG);
                var run = LatencyRun.start(plan(server, 500, Duration.ofMillis(1500)))) {
            // Before it is measured, its code is compiled by as many requests as there is time for.
            while (run.recorder().snapshot().series().getFirst().latency().samples() < 100) {
                assertThat(run.over()).isNotDone();
                Thread.sleep(5);
            }
            server.stallNext(Duration.ofMillis(500));
            assertThat(run.over().get(30, TimeUnit.SECONDS)).isEqualTo(new RunState.Ended(0));
            var series = run.recorder().snapshot().series().getFirst();
            // Of about 750 sends some 250 fell due during the stall; only one of them was waiting for a reply.
            assertThat(series.latency().percentileOrWeaker(80)).isGreaterThan(100_000);
            assertThat(series.service().percentileOrWeaker(80)).isLessThan(50_000);
            assertThat(series.service().row().max()).isGreaterThan(500_000);
            assertThat(series.latency().samples()).isEqualTo(series.service().samples());
            assertThat(series.missed()).isZero();
        }
    }

    @Test
    void rateIsKeptAlsoWhereASendFallsDueLessThanOnceABlock() throws Exception {
        try (var server = StubServer.answering(PONG)) {
            var series = measure(plan(server, 20, Duration.ofMillis(1500)));
            assertThat(series.latency().samples()).isBetween(25L, 35L);
        }
    }

    @Test
    void serverThatCannotKeepTheRateIsReportedWithTheSendsGivenUp() throws Exception {
        try (var server = new StubServer(PONG, Duration.ofMillis(5), 0, Duration.ZERO)) {
            var series =
                    measure(plan(server, 2000, Duration.ofMillis(50)).withLength(Duration.ZERO, Duration.ofMillis(50)));
            assertThat(series.missed()).isGreaterThan(1000);
        }
    }

    @Test
    void pipelinedRequestsAreEachCounted() throws Exception {
        try (var server = StubServer.answering(PONG)) {
            var plan = plan(server, 0, Duration.ofMillis(200));
            var deep = new LatencyPlan(
                    plan.series(),
                    "PING",
                    10,
                    plan.settings(),
                    plan.warmUp(),
                    plan.length(),
                    plan.block(),
                    plan.patience(),
                    1);
            assertThat(measure(deep).latency().samples() % 10).isZero();
        }
    }

    @Test
    void serverThatDiesEndsTheRunWithASentenceThatNamesIt() throws Exception {
        var server = StubServer.answering(PONG);
        try (var run = LatencyRun.start(plan(server, 0, Duration.ZERO))) {
            await(run);
            server.close();
            assertThat(run.over().get(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            RunState.Failed.class,
                            f -> assertThat(f.sentence()).contains("stub · tcp", "ended the connection"));
            assertThat(run.recorder().snapshot().series().getFirst().latency().samples())
                    .isPositive();
        }
    }

    @Test
    void serverThatFallsSilentEndsTheRunAfterThePatience() throws Exception {
        try (var server = new StubServer(PONG, Duration.ZERO, 2, Duration.ofMinutes(1));
                var run = LatencyRun.start(new LatencyPlan(
                        List.of(server.series("stub")),
                        "PING",
                        1,
                        settings(100),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofMillis(50),
                        Duration.ofMillis(300),
                        1))) {
            assertThat(run.over().get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            RunState.Failed.class,
                            f -> assertThat(f.sentence()).contains("stub · tcp", "has not answered for 300 ms"));
        }
    }

    @Test
    void errorReplyEndsTheRunWithItsText() throws Exception {
        try (var server = StubServer.answering("-ERR unknown command 'NOPE'\r\n");
                var run = LatencyRun.start(plan(server, 0, Duration.ZERO).withCommand("NOPE a"))) {
            assertThat(run.over().get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            RunState.Failed.class,
                            f -> assertThat(f.sentence()).contains("answered ERR unknown command 'NOPE'"));
        }
    }

    @Test
    void unreachableServerEndsTheRunWithItsAddress() throws Exception {
        var nobody = new PlannedSeries("gone", "unix", "/nonexistent/redis.sock");
        try (var run = LatencyRun.start(LatencyPlan.of(List.of(nobody), settings(0)))) {
            assertThat(run.over().get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            RunState.Failed.class,
                            f -> assertThat(f.sentence()).contains("gone · unix", "/nonexistent/redis.sock"));
        }
    }

    @Test
    void turningTheRateStartsTheNumbersAnewAndMarksTheMoment() throws Exception {
        try (var server = StubServer.answering(PONG);
                var run = LatencyRun.start(plan(server, 0, Duration.ZERO))) {
            await(run);
            run.turn(run.settings().withMode(LoadMode.of(100)).withPayload(64));
            while (run.recorder().snapshot().changes().isEmpty()) {
                Thread.sleep(5);
            }
            while (run.recorder().snapshot().series().getFirst().latency().samples() < 10) {
                Thread.sleep(5);
            }
            var snapshot = run.recorder().snapshot();
            assertThat(snapshot.settings().mode()).isEqualTo(new LoadMode.FixedRate(100));
            assertThat(snapshot.series().getFirst().latency().samples()).isLessThan(1000);
            run.stop();
            assertThat(run.over().get(10, TimeUnit.SECONDS)).isEqualTo(new RunState.Ended(0));
        }
    }

    @Test
    void killedProbeEndsTheRunWithASentence() throws Exception {
        try (var server = StubServer.answering(PONG);
                var run = LatencyRun.start(plan(server, 0, Duration.ZERO))) {
            await(run);
            ProcessHandle.of(run.pid()).orElseThrow().destroyForcibly();
            assertThat(run.over().get(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            RunState.Failed.class, f -> assertThat(f.sentence()).contains("exit code 137"));
        }
    }

    private static Snapshot.Series measure(LatencyPlan plan) throws Exception {
        try (var run = LatencyRun.start(plan)) {
            assertThat(run.over().get(30, TimeUnit.SECONDS)).isEqualTo(new RunState.Ended(0));
            return run.recorder().snapshot().series().getFirst();
        }
    }

    private static LatencyPlan plan(StubServer server, double rate, Duration length) throws Exception {
        return new LatencyPlan(
                List.of(server.series("stub")),
                "PING",
                1,
                settings(rate),
                Duration.ofMillis(100),
                length,
                Duration.ofMillis(50),
                Duration.ofSeconds(10),
                1);
    }

    private static Settings settings(double rate) {
        return new Settings(LoadMode.of(rate), 16, false, false);
    }

    private static void await(LatencyRun run) throws Exception {
        while (run.recorder().snapshot().series().getFirst().latency().samples() == 0) {
            assertThat(run.state().over()).describedAs("%s", run.state()).isFalse();
            Thread.sleep(5);
        }
    }
}

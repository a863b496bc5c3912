package dev.wasmscope.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.platform.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The protocol as it runs over the pipe, spoken by hand.
class ProbeProtocolTest {
    @Test
    void blocksComeInTheOrderOfTheSeed() throws Exception {
        try (var server = StubServer.answering("+PONG\r\n")) {
            var plan = new LatencyPlan(
                    List.of(server.series("a"), server.series("b"), server.series("c")),
                    "PING",
                    1,
                    new Settings(new LoadMode.ClosedLoop(), 0, false, false),
                    Duration.ZERO,
                    Duration.ofMillis(1500),
                    Duration.ofMillis(5),
                    Duration.ofSeconds(5),
                    42);
            var order = new ArrayList<Integer>();
            for (var line : speak(ProbeLine.write(ProbeLine.Plan.of(plan)))) {
                if (line instanceof ProbeLine.Interval interval) {
                    order.add(interval.series());
                }
            }
            var expected = new BlockOrder(3, 42);
            var other = new BlockOrder(3, 43);
            assertThat(order)
                    .hasSizeGreaterThan(12)
                    .isEqualTo(order.stream().map(i -> expected.next()).toList());
            assertThat(order).isNotEqualTo(order.stream().map(i -> other.next()).toList());
            assertThat(order.size() % 3)
                    .describedAs("every series has as many blocks")
                    .isZero();
        }
    }

    @Test
    void brokenLinesAreReportedAndTheRunGoesOn() throws Exception {
        try (var server = StubServer.answering("+PONG\r\n")) {
            var plan = LatencyPlan.of(
                            List.of(server.series("a")), new Settings(new LoadMode.ClosedLoop(), 0, false, false))
                    .withLength(Duration.ZERO, Duration.ofMillis(400));
            var lines = speak(
                    ProbeLine.write(ProbeLine.Plan.of(plan)),
                    "not json",
                    "{\"type\":\"explode\"}",
                    "null",
                    "[1,2",
                    "{\"type\":\"change\",\"settings\":{\"rate\":0,\"payload\":-5,\"paused\":false,\"busy\":false,\"strategy\":\"adaptive\"}}",
                    "{\"type\":\"change\",\"settings\":{\"rate\":-1,\"payload\":5,\"paused\":false,\"busy\":false,\"strategy\":\"adaptive\"}}",
                    "{\"type\":\"change\",\"settings\":{\"payload\":5}}",
                    "{\"type\":\"end\",\"dropped\":1}");
            assertThat(lines.stream()
                            .filter(l -> l instanceof ProbeLine.Problem)
                            .toList())
                    .hasSize(8)
                    .allSatisfy(l -> assertThat(l)
                            .isInstanceOfSatisfying(
                                    ProbeLine.Problem.class,
                                    p -> assertThat(p.fatal()).isFalse()));
            assertThat(lines.toString())
                    .contains("0 to 1048576 bytes, not -5", "above 0")
                    .doesNotContain("Changed");
            assertThat(lines.getLast()).isEqualTo(new ProbeLine.End(0));
        }
    }

    @Test
    void planThatCannotBeReadIsFatal() throws Exception {
        assertThat(speak("{}").getFirst())
                .isInstanceOfSatisfying(
                        ProbeLine.Problem.class, p -> assertThat(p.fatal()).isTrue());
        assertThat(speak("{\"type\":\"stop\"}").toString()).contains("The first line has to be the plan");
    }

    @Test
    void planOfAnotherVersionNamesBothVersions() throws Exception {
        var plan = LatencyPlan.of(
                List.of(new PlannedSeries("a", "tcp", "127.0.0.1:1")),
                new Settings(new LoadMode.ClosedLoop(), 0, false, false));
        var line =
                ProbeLine.write(ProbeLine.Plan.of(plan)).replace("\"version\":" + ProbeLine.VERSION, "\"version\":7");
        assertThat(speak(line).toString()).contains("version 7", "speaks " + ProbeLine.VERSION);
    }

    @Test
    void probeEndsWhenItsParentIsKilled() throws Exception {
        try (var server = StubServer.answering("+PONG\r\n")) {
            var parent = ChildJvm.start(
                    RunThatIsKilled.class, List.of(), List.of(server.series("x").address()));
            long probe =
                    Long.parseLong(parent.inputReader(StandardCharsets.UTF_8).readLine());
            var handle = ProcessHandle.of(probe).orElseThrow();
            assertThat(handle.isAlive()).isTrue();
            parent.destroyForcibly();
            assertThat(handle.onExit().get(5, TimeUnit.SECONDS)).isEqualTo(handle);
        }
    }

    /// Prints its probe's process id and waits to be killed.
    static final class RunThatIsKilled {
        private RunThatIsKilled() {}

        public static void main(String[] arguments) throws Exception {
            var run = LatencyRun.start(LatencyPlan.of(
                    List.of(new PlannedSeries("x", "tcp", arguments[0])),
                    new Settings(new LoadMode.ClosedLoop(), 0, false, false)));
            while (run.recorder().snapshot().seconds() == 0) {
                Thread.sleep(5);
            }
            System.out.println(run.pid());
            Thread.sleep(60_000);
        }
    }

    private static List<ProbeLine> speak(String... lines) throws IOException {
        var probe = ChildJvm.start(ProbeMain.class, List.of("-XX:+UseSerialGC"), List.of());
        try (var in = new BufferedReader(new InputStreamReader(probe.getInputStream(), StandardCharsets.UTF_8));
                var out = probe.outputWriter(StandardCharsets.UTF_8)) {
            for (var line : lines) {
                out.write(line + "\n");
            }
            out.flush();
            return in.lines().map(ProbeLine::read).toList();
        }
    }
}

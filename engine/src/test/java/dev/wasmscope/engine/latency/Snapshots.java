package dev.wasmscope.engine.latency;

import java.time.Duration;
import java.util.List;

/// Runs whose every number is known, as if a probe had sent them.
public final class Snapshots {
    private static final long SECOND = 1_000_000_000L;

    private Snapshots() {}

    public static LatencyPlan plan(double rate) {
        return new LatencyPlan(
                List.of(
                        new PlannedSeries("native", "tcp", "127.0.0.1:1"),
                        new PlannedSeries("native", "unix", "/redis.sock"),
                        new PlannedSeries("echo", "tcp", "127.0.0.1:2")),
                "PING",
                1,
                new Settings(LoadMode.of(rate), 16, false, false),
                Duration.ofSeconds(2),
                Duration.ofSeconds(8),
                LatencyPlan.USUAL_BLOCK,
                LatencyPlan.USUAL_PATIENCE,
                42);
    }

    /// Ten seconds, of which two warm up and the settings change at the eighth: tcp takes 20 to 30 µs, unix half of
    /// it, echo has only five samples.
    public static Recorder recorder(LatencyPlan plan) {
        var recorder = new Recorder(plan);
        recorder.ready(new ProbeLine.Ready(ProbeLine.VERSION, 0, 1_000_000, new ClientFacts("0-1", "SCHED_OTHER")));
        for (int second = 0; second < 10; second++) {
            if (second == 8) {
                recorder.changed(new ProbeLine.Changed(
                        8 * SECOND, ProbeLine.Turned.of(plan.settings().withPayload(64))));
            }
            boolean warm = second < 2;
            recorder.add(interval(0, second, warm, 1000, 20_000));
            recorder.add(interval(1, second, warm, 1000, 10_000));
            recorder.add(interval(2, second, warm, second == 9 ? 5 : 0, 15_000));
        }
        return recorder;
    }

    private static ProbeLine.Interval interval(int series, int second, boolean warm, int samples, long nanos) {
        var histogram = Distribution.newHistogram();
        for (int i = 0; i < samples; i++) {
            histogram.recordValue(nanos + nanos * i / (2L * samples));
        }
        long start = second * SECOND + series * SECOND / 10;
        return new ProbeLine.Interval(
                series, start, start + SECOND / 10, warm, 0, Distribution.encode(histogram), null, -1, -1);
    }
}

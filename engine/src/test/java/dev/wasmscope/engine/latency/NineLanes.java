package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.platform.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;

/// A run of three targets over three transports that looks like a real one and is the same each time.
public final class NineLanes {
    private static final long SECOND = 1_000_000_000L;
    private static final double[] MEDIANS = {17.1, 12.7, 1.4, 45.7, 40.1, 3.1, 14.9, 10.4, 0.48};

    private NineLanes() {}

    /// @param rate 0 for the closed loop; at a rate the planned sends see a stall of 40 ms
    public static LatencyPlan plan(double rate) {
        var series = new ArrayList<PlannedSeries>();
        for (var target : new String[] {"native", "wasm", "echo"}) {
            for (var transport : new String[] {"tcp", "unix", "shm"}) {
                series.add(new PlannedSeries(target, transport, target + "/" + transport));
            }
        }
        return new LatencyPlan(
                series,
                "GET",
                1,
                new Settings(LoadMode.of(rate), 16, false, false),
                Duration.ofSeconds(4),
                Duration.ofSeconds(56),
                LatencyPlan.USUAL_BLOCK,
                LatencyPlan.USUAL_PATIENCE,
                42);
    }

    public static Snapshot snapshot(LatencyPlan plan) {
        return recorder(plan).snapshot();
    }

    public static Recording recording(LatencyPlan plan, Environment environment) {
        return recorder(plan).recording(environment);
    }

    private static Recorder recorder(LatencyPlan plan) {
        var recorder = new Recorder(plan);
        recorder.take(new ProbeLine.Noise(250_000_000, Distribution.encode(noise())));
        recorder.take(new ProbeLine.Ready(ProbeLine.VERSION, 0, 1_000_000, new ClientFacts("0-1", "SCHED_OTHER")));
        var random = new Random(3);
        boolean fixed = plan.settings().mode().rate() > 0;
        for (int half = 0; half < 120; half++) {
            for (int lane = 0; lane < MEDIANS.length; lane++) {
                var latency = Distribution.newHistogram();
                var service = Distribution.newHistogram();
                for (int i = 0; i < 120; i++) {
                    double cold = half < 8 ? 2.5 - half * 0.2 : 1;
                    double nanos = MEDIANS[lane] * 1000 * cold * Math.exp(0.18 * random.nextGaussian());
                    if (random.nextInt(400) == 0) {
                        nanos *= 3 + random.nextInt(20);
                    }
                    service.recordValue((long) nanos);
                    double waited = fixed && half == 60 ? random.nextDouble() * 40e6 : 0;
                    latency.recordValue((long) (nanos + waited));
                }
                long start = half * SECOND / 2 + lane * SECOND / 20;
                recorder.take(new ProbeLine.Interval(
                        lane,
                        start,
                        start + SECOND / 20,
                        half < 8,
                        0,
                        Distribution.encode(latency),
                        fixed ? Distribution.encode(service) : null,
                        120_000,
                        240_000));
            }
        }
        return recorder;
    }

    /// A machine that takes a thread's processor for some microseconds now and then.
    private static org.HdrHistogram.Histogram noise() {
        var gaps = Distribution.newHistogram();
        gaps.recordValueWithCount(30, 8_000_000);
        gaps.recordValueWithCount(2_000, 900);
        gaps.recordValueWithCount(40_000, 60);
        return gaps;
    }
}

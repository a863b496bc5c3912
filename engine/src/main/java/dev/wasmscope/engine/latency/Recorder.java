package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.platform.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Collects what a probe sends. Written by one reader thread, polled by whoever draws: one [#recent] a pulse.
public final class Recorder {
    /// Wide enough that each bin of a usual plan has several blocks of every series.
    private static final long BIN_NANOS = 500_000_000L;
    private static final int KEPT_POINTS = (int) (2 * Duration.ofMinutes(15).toNanos() / BIN_NANOS);

    private static final long OLDEST_DISTRIBUTIONS_NANOS = 450_000_000L;

    private static final long KEPT_CHARACTERS = 48L << 20;

    private final LatencyPlan plan;
    private final RunLog log = new RunLog(KEPT_CHARACTERS);
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Snapshot.Change> changes = new ArrayList<>();
    private Settings settings;
    private Optional<NoiseFloor> noise = Optional.empty();
    private Optional<WarmUp> warmUp = Optional.empty();
    private long began;
    /// Of the latest repeat.
    private long readyNanos;
    private long startedMillis;
    private double seconds;
    private long distributionsCopied = System.nanoTime();
    private final AtomicLong lines = new AtomicLong();

    Recorder(LatencyPlan plan) {
        this.plan = plan;
        settings = plan.settings();
        plan.series().forEach(s -> lanes.add(new Lane(s)));
    }

    /// How many lines have come: while it stays the same, so does everything else.
    public long lines() {
        return lines.get();
    }

    /// For drawing: cheap enough for ten times a second, its distributions up to half a second old.
    ///
    /// @param lastSeconds how far back the curves go
    public synchronized Snapshot recent(double lastSeconds) {
        boolean old = System.nanoTime() - distributionsCopied > OLDEST_DISTRIBUTIONS_NANOS;
        return copy(lastSeconds, old, false);
    }

    /// Everything there is, up to this moment.
    public synchronized Snapshot snapshot() {
        return copy(Double.MAX_VALUE, true, true);
    }

    private Snapshot copy(double lastSeconds, boolean distributions, boolean whole) {
        if (distributions) {
            lanes.forEach(Lane::copyDistributions);
            distributionsCopied = System.nanoTime();
        }
        return new Snapshot(
                startedMillis,
                seconds,
                settings,
                List.copyOf(changes),
                lanes.stream().map(l -> l.copy(seconds - lastSeconds, whole)).toList(),
                noise,
                warmUp);
    }

    /// What was sent up to now, to be written to a file. Of a run of hours the oldest blocks are left out.
    ///
    /// @param environment that it was measured in
    public synchronized Recording recording(Environment environment) {
        return new Recording(plan, environment, log.lines());
    }

    /// Takes over a line that measures; others have nothing to do with it.
    ///
    /// @throws IllegalArgumentException with a sentence when it does not belong to this plan
    void take(ProbeLine line) {
        switch (line) {
            case ProbeLine.Noise heard -> heard(heard);
            case ProbeLine.Ready ready -> ready(ready);
            case ProbeLine.Warming warming -> warming(warming);
            case ProbeLine.Interval interval -> add(interval);
            case ProbeLine.Changed changed -> changed(changed);
            case ProbeLine other ->
                throw new IllegalArgumentException(
                        "A recording has no line " + other.getClass().getSimpleName());
        }
        lines.incrementAndGet();
    }

    /// Before each repeat; the loudest is kept.
    private synchronized void heard(ProbeLine.Noise line) {
        var floor = line.floor();
        log.add(line);
        if (noise.isEmpty() || floor.micros(99) > noise.get().micros(99)) {
            noise = Optional.of(floor);
        }
    }

    /// The first one begins the run, a further one a repeat of it.
    synchronized void ready(ProbeLine.Ready ready) {
        log.add(ready);
        readyNanos = ready.nanos();
        if (startedMillis == 0) {
            began = ready.nanos();
            startedMillis = ready.epochMillis();
        }
    }

    /// Of repeats the longest is kept.
    private synchronized void warming(ProbeLine.Warming line) {
        log.add(line);
        var now = new WarmUp((line.nanos() - readyNanos) / 1e9, line.over(), line.compiled(), line.unfinished());
        boolean shorter = warmUp.filter(WarmUp::over)
                .filter(w -> !now.over() || w.seconds() >= now.seconds())
                .isPresent();
        if (!shorter) {
            warmUp = Optional.of(now);
        }
    }

    /// @throws IllegalArgumentException with a sentence when the interval is none of this plan
    void add(ProbeLine.Interval interval) {
        if (interval.series() < 0 || interval.series() >= lanes.size() || interval.end() < interval.start()) {
            throw new IllegalArgumentException("An interval of series " + interval.series() + " from "
                    + interval.start() + " to " + interval.end() + " is none of this plan");
        }
        var latency = SentCounts.read(interval.latency());
        var service = interval.service() == null ? null : SentCounts.read(interval.service());
        synchronized (this) {
            log.add(interval);
            var lane = lanes.get(interval.series());
            lane.curve.add(Math.max(0, (interval.start() + interval.end()) / 2 - began), latency, interval.warm());
            seconds = Math.max(seconds, (interval.end() - began) / 1e9);
            if (!interval.warm()) {
                latency.addTo(lane.latency);
                lane.samples += latency.samples();
                if (service != null) {
                    service.addTo(lane.service);
                }
                lane.missed += interval.missed();
                lane.measured += interval.end() - interval.start();
                lane.clientCpu = sum(lane.clientCpu, interval.clientCpu());
                lane.serverCpu = sum(lane.serverCpu, interval.serverCpu());
            }
        }
    }

    /// Once unknown, unknown for good: a part would pass for the whole.
    private static long sum(long nanos, long more) {
        return nanos < 0 || more < 0 ? -1 : nanos + more;
    }

    /// From here on numbers are of the new settings only: a table must not mix two.
    synchronized void changed(ProbeLine.Changed changed) {
        log.add(changed);
        var before = settings;
        settings = changed.settings().settings();
        changes.add(new Snapshot.Change((changed.nanos() - began) / 1e9, before, settings));
        lanes.forEach(l -> l.curve.close());
        if (!before.withPaused(settings.paused()).equals(settings)) {
            lanes.forEach(Lane::restart);
        }
    }

    private static final class Lane {
        private final PlannedSeries series;
        private final CurveBuilder curve = new CurveBuilder(BIN_NANOS, KEPT_POINTS);
        private final Tally latency = new Tally();
        private final Tally service = new Tally();
        private Distribution latencyCopy = latency.copy();
        private Distribution serviceCopy = service.copy();
        private long samples;
        private long missed;
        private long measured;
        private long clientCpu;
        private long serverCpu;

        private Lane(PlannedSeries series) {
            this.series = series;
        }

        private void restart() {
            latency.clear();
            service.clear();
            samples = 0;
            missed = 0;
            measured = 0;
            clientCpu = 0;
            serverCpu = 0;
            copyDistributions();
        }

        private void copyDistributions() {
            latencyCopy = latency.copy();
            serviceCopy = service.copy();
        }

        private Snapshot.Series copy(double from, boolean open) {
            return new Snapshot.Series(
                    series,
                    curve.curve(from, open),
                    latencyCopy,
                    serviceCopy,
                    missed,
                    measured / 1e9,
                    CpuUse.of(clientCpu, serverCpu, samples));
        }
    }
}

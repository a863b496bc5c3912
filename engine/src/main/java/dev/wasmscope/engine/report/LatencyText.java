package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.ImportedSeries;
import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.Recording;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.latency.statistics.BlockBootstrap;
import dev.wasmscope.engine.latency.statistics.Verdict;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A measurement for a terminal.
public final class LatencyText {
    private final Measurement measurement;
    private final List<RedisCli.Heard> heard;
    private final Formatter text = new Formatter(Locale.ROOT);

    /// @param heard from redis-cli of the same servers
    LatencyText(Measurement measurement, List<RedisCli.Heard> heard) {
        this.measurement = measurement;
        this.heard = heard;
    }

    /// Conditions, table, cost, noise, intervals, verdicts and imports. Takes up to a second.
    public static String of(Measurement measurement) {
        return new LatencyText(measurement, List.of()).text();
    }

    String text() {
        var sweep = measurement.sweep();
        for (int i = 0; i < measurement.points().size(); i++) {
            if (sweep != null) {
                text.format(
                        "%s%s = %s%n",
                        i == 0 ? "" : System.lineSeparator(),
                        sweep.of().id(),
                        Numbers.plain(sweep.values().get(i)));
            }
            run(measurement.points().get(i));
        }
        imports();
        redisCli();
        return text.toString();
    }

    private void run(Recording recording) {
        var snapshot = recording.snapshot();
        var report = new LatencyReport(recording.plan(), snapshot, recording.environment());
        text.format("%s%n", report.caption());
        text.format("%n%s%n", report.table().stripTrailing());
        text.format("%n");
        cost(snapshot);
        snapshot.warmUp().ifPresent(w -> text.format("%s%n", w.sentence()));
        noise(snapshot);
        var bootstrap = BlockBootstrap.of(recording);
        intervals(recording, snapshot, bootstrap);
        verdicts(snapshot, bootstrap);
    }

    private void cost(Snapshot snapshot) {
        for (var series : snapshot.series()) {
            text.format(
                    "%-18s CPU ms per 1,000 operations: client %s, server %s%n",
                    series.series().title(),
                    millis(series.cpu().client()),
                    millis(series.cpu().server()));
        }
    }

    private static String millis(@Nullable Double seconds) {
        return Numbers.micros(seconds == null ? null : seconds * 1000);
    }

    private void noise(Snapshot snapshot) {
        if (snapshot.noise().isEmpty()) {
            return;
        }
        var noise = snapshot.noise().get();
        text.format(
                "noise of the machine: p99 %s, longest %s in %.2f s%n",
                Numbers.withUnit(noise.micros(99)),
                Numbers.withUnit(noise.gaps().row().max()),
                noise.seconds());
        for (var series : snapshot.series()) {
            if (noise.covers(series.latency(), 99)) {
                text.format(
                        "warning: the p99 of %s lies within the noise of the machine and may be its doing%n",
                        series.series().title());
            }
        }
    }

    private void intervals(Recording recording, Snapshot snapshot, BlockBootstrap bootstrap) {
        for (int i = 0; i < snapshot.series().size(); i++) {
            var p50 = bootstrap.interval(i, 50);
            if (p50.isPresent()) {
                var p99 = bootstrap.interval(i, 99);
                text.format(
                        "%-18s in 95 of 100%s: p50 %s to %s%s%n",
                        snapshot.series().get(i).series().title(),
                        recording.repeats() > 1 ? " (" + recording.repeats() + " runs)" : "",
                        Numbers.micros(p50.get().low()),
                        Numbers.micros(p50.get().high()),
                        p99.map(s -> ", p99 " + Numbers.micros(s.low()) + " to " + Numbers.micros(s.high()))
                                .orElse(""));
            }
        }
    }

    /// Of pairs that differ in one thing: in the target or in the transport.
    private void verdicts(Snapshot snapshot, BlockBootstrap bootstrap) {
        for (int i = 0; i < snapshot.series().size(); i++) {
            for (int j = i + 1; j < snapshot.series().size(); j++) {
                var a = snapshot.series().get(i).series();
                var b = snapshot.series().get(j).series();
                boolean related = a.target().equals(b.target()) || a.transport().equals(b.transport());
                var p50 = bootstrap.compare(i, j, 50);
                if (related && !(p50 instanceof Verdict.TooFew)) {
                    text.format(
                            "%s : %s  p50 %s; p99 %s%n",
                            a.title(),
                            b.title(),
                            p50.sentence(a.title(), b.title()),
                            bootstrap.compare(i, j, 99).sentence(a.title(), b.title()));
                }
            }
        }
    }

    private void imports() {
        for (ImportedSeries overlay : measurement.overlays()) {
            var row = overlay.latency().row();
            text.format(
                    "%s (%s): p50 %s, p99 %s, max %s µs, %,d samples; %s%n",
                    overlay.title(),
                    overlay.tool(),
                    Numbers.micros(row.p50()),
                    Numbers.micros(row.p99()),
                    Numbers.micros(row.max()),
                    row.samples(),
                    overlay.note());
        }
    }

    private void redisCli() {
        for (var one : heard) {
            text.format(
                    "%-18s redis-cli --latency: min %.2f, avg %.2f, max %.2f ms of %,d (PING every 10 ms, the server asleep"
                            + " in between)%n",
                    one.title(), one.minimum(), one.average(), one.maximum(), one.samples());
        }
    }
}

package dev.wasmscope.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.NineLanes;
import dev.wasmscope.engine.latency.Recording;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.latency.bundle.Bundle;
import dev.wasmscope.engine.platform.Environment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Curves over the values of a sweep, and the whiskers that bars have, too.
class SweepChartTest {
    private static final Measurement RATES = sweep(new Sweep(Sweep.Of.RATE, List.of(100.0, 1000.0, 10_000.0, 0.0)));

    /// Each run alike but for its plan: what is looked at is the drawing.
    private static Measurement sweep(Sweep sweep) {
        var environment = Environment.read(List.of(), Map.of("redis", "7.0.15"));
        var plan = NineLanes.plan(1000);
        List<Recording> points = sweep.values().stream()
                .map(v -> NineLanes.recording(sweep.of().in(plan, v), environment))
                .toList();
        return new Measurement(sweep, points, List.of());
    }

    private static final LatencyReport REPORT = LatencyReport.of(RATES);

    private static SweepChart chart(Statistic statistic) {
        return new SweepChart(REPORT.sweeping().orElse(null), statistic, Scale.LOG, "GET", "", ChartStyle.onLight());
    }

    @Test
    void everySeriesHasAPointAtEveryValueWithAWhiskerAroundIt() {
        var curves = chart(Statistic.P50).curves();
        assertThat(curves).hasSize(9);
        for (var curve : curves) {
            assertThat(curve.points())
                    .extracting(SweepChart.Place::value)
                    .containsExactly(100.0, 1000.0, 10_000.0, 0.0);
            for (var point : curve.points()) {
                var span = point.whisker().orElseThrow();
                assertThat(point.micros()).isBetween(span.low(), span.high());
            }
        }
        assertThat(chart(Statistic.MEAN).curves().getFirst().points())
                .allMatch(p -> p.whisker().isEmpty());
    }

    @Test
    void closedLoopStandsToTheRightOfAllRates() {
        var axis = new SweepAxis(Sweep.Of.RATE, List.of(0.0, 100.0, 1000.0, 10_000.0));
        assertThat(axis.place(0)).isGreaterThan(axis.place(10_000));
        assertThat(axis.place(1000) - axis.place(100))
                .describedAs("logarithmic: the largest is a hundred times the least")
                .isCloseTo(axis.place(10_000) - axis.place(1000), within(1e-9));
        var clients = new SweepAxis(Sweep.Of.CLIENTS, List.of(1.0, 2.0, 4.0, 8.0));
        assertThat(clients.place(8) - clients.place(4)).isEqualTo(4);
        var alone = new SweepAxis(Sweep.Of.RATE, List.of(0.0));
        assertThat(alone.getRange().contains(alone.place(0))).isTrue();
    }

    @Test
    void sweepIsDrawnInEveryFormatAndTheSameFromItsBundle(@TempDir Path directory) throws Exception {
        ReportFiles.write(REPORT, directory);
        var svg = Files.readString(directory.resolve("sweep.svg"));
        assertThat(svg).contains("native · tcp", "wasm · shm", "10,000", "closed loop", "requests/s", "95 of 100 runs");
        assertThat(svg).contains("Median · GET, from the planned send").doesNotContain("100/s");
        assertThat(directory.resolve("sweep.pdf")).isNotEmptyFile();
        var view = ChartView.whole(ChartKind.SWEEP, REPORT);
        ReportFiles.write(RATES, view, ChartStyle.onLight(), directory.resolve("run.zip"));
        ReportFiles.write(
                Bundle.read(directory.resolve("run.zip")), view, ChartStyle.onLight(), directory.resolve("again.svg"));
        assertThat(Files.readString(directory.resolve("again.svg"))).isEqualTo(svg);
    }

    @Test
    void oneRunSaysWhatASweepIsAndWritesNoFileOfOne(@TempDir Path directory) throws Exception {
        var one = LatencyReport.of(Measurement.of(RATES.first()));
        var image = new ChartImage(ChartView.whole(ChartKind.SWEEP, one).of(one, true, ChartStyle.onDark()), 600, 300);
        assertThat(new String(image.svg(), StandardCharsets.UTF_8)).contains("This is one run.");
        ReportFiles.write(one, directory);
        assertThat(directory.resolve("bars.svg")).content().contains("95 of 100 runs");
        assertThat(directory.resolve("sweep.svg")).doesNotExist();
    }
}

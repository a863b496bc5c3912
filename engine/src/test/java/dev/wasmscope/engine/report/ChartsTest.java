package dev.wasmscope.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wasmscope.engine.latency.ImportedSeries;
import dev.wasmscope.engine.latency.LatencyPlan;
import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.NineLanes;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.latency.Snapshots;
import dev.wasmscope.engine.latency.bundle.Bundle;
import dev.wasmscope.engine.latency.statistics.Intervals;
import dev.wasmscope.engine.platform.Environment;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every drawing, of a run with nine lanes.
class ChartsTest {
    private static final LatencyReport CLOSED = report(NineLanes.plan(0));
    private static final LatencyReport FIXED = report(NineLanes.plan(1000));

    private static LatencyReport report(LatencyPlan plan) {
        return new LatencyReport(
                plan,
                NineLanes.snapshot(plan),
                Environment.read(List.of("-XX:+UseSerialGC"), Map.of("redis", "7.0.15", "java", "25.0.3")));
    }

    @ParameterizedTest
    @EnumSource(value = ChartKind.class, mode = EnumSource.Mode.EXCLUDE, names = "SWEEP")
    void everyKindHasNamesUnitsAndCaptionInEveryFormat(ChartKind kind) throws Exception {
        var image = ReportFiles.image(FIXED, ChartView.whole(kind, FIXED), ChartStyle.onLight());
        look(kind.file(), image);
        var svg = new String(image.svg(), StandardCharsets.UTF_8);
        assertThat(svg)
                .contains(
                        "native · tcp",
                        "wasm · shm",
                        "µs",
                        "GET, fixed rate 1,000/s",
                        "shm waits adaptive",
                        "redis 7.0.15");
        var pdf = image.pdf(FIXED.caption());
        try (var document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            var text = new PDFTextStripper().getText(document);
            assertThat(text).contains("native · tcp", "wasm · shm", "µs", "GET, fixed rate 1,000/s");
            assertThat(text.replaceAll("\\s+", " ")).contains("java 25.0.3, redis 7.0.15");
            for (var name : document.getPage(0).getResources().getXObjectNames()) {
                var form = (org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject)
                        document.getPage(0).getResources().getXObject(name);
                assertThat(form.getResources().getFontNames()).isNotEmpty();
                for (var font : form.getResources().getFontNames()) {
                    assertThat(form.getResources().getFont(font).isEmbedded()).isTrue();
                    assertThat(form.getResources().getFont(font).getName()).contains("Inter");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ChartKind.class)
    void sameRunIsTheSameSvgByteForByte(ChartKind kind) {
        var again = new LatencyReport(FIXED.plan(), NineLanes.snapshot(FIXED.plan()), FIXED.environment());
        assertThat(ReportFiles.image(again, ChartView.whole(kind, again), ChartStyle.onLight())
                        .svg())
                .isEqualTo(ReportFiles.image(FIXED, ChartView.whole(kind, FIXED), ChartStyle.onLight())
                        .svg());
    }

    @ParameterizedTest
    @EnumSource(ChartKind.class)
    void slidesAndDarkChartsAndSmallOnesAndEmptyOnesDraw(ChartKind kind) {
        look(
                kind.file() + "-slide",
                ReportFiles.image(
                        CLOSED,
                        ChartView.whole(kind, CLOSED),
                        ChartStyle.onDark().withSize(ChartStyle.SLIDE)));
        look(
                kind.file() + "-small",
                new ChartImage(ChartView.whole(kind, CLOSED).of(CLOSED, false, ChartStyle.onDark()), 560, 180));
        var plan = Snapshots.plan(0);
        var nothing = new Snapshot(0, 0, plan.settings(), List.of(), List.of());
        var empty = new LatencyReport(plan, nothing, CLOSED.environment());
        look(
                kind.file() + "-empty",
                new ChartImage(ChartView.whole(kind, empty).of(empty, false, ChartStyle.onLight()), 560, 200));
    }

    @Test
    void weakPercentilesAreDashedAndMarkedInTheReadings() {
        var chart =
                new PercentileChart(CLOSED.snapshot(), List.of(), false, Scale.LINEAR, "", "", ChartStyle.onLight());
        look("percentiles-linear", new ChartImage(chart, 900, 400));
        assertThat(chart.nines()).isCloseTo(Math.log10(13_440), within(1e-9));
        var p99 = chart.at(2);
        assertThat(p99.percentile()).isEqualTo("99 %");
        assertThat(p99.series()).hasSize(9).noneMatch(PercentileChart.Reading::weak);
        assertThat(p99.series().getFirst().micros()).isCloseTo(26, within(3.0));
        var end = chart.at(chart.nines());
        assertThat(end.series()).hasSize(9).allMatch(PercentileChart.Reading::weak);
        assertThat(chart.at(Math.log10(2)).percentile()).isEqualTo("50 %");
    }

    @Test
    void bothSendsHaveReadingsAndAClosedLoopSaysWhyItHasNone() {
        var chart = new PercentileChart(FIXED.snapshot(), List.of(), true, Scale.LOG, "", "", ChartStyle.onLight());
        var readings = chart.at(2.5).series();
        assertThat(readings).hasSize(18);
        assertThat(readings.get(1).title()).isEqualTo("native · tcp, actual send");
        assertThat(readings.get(0).micros()).isGreaterThan(50 * readings.get(1).micros());
        var none = ReportFiles.image(CLOSED, ChartView.whole(ChartKind.SENDS, CLOSED), ChartStyle.onLight());
        assertThat(new String(none.svg(), StandardCharsets.UTF_8)).contains("A closed loop has no planned sends.");
    }

    @Test
    void reopenedBundleDrawsTheSameByteForByteAndOverlaysComeAlong(@TempDir Path directory) throws Exception {
        var imported = new ImportedSeries(
                "memtier.json · GET",
                "memtier",
                "",
                CLOSED.snapshot().series().getFirst().latency());
        var measured = Measurement.of(NineLanes.recording(CLOSED.plan(), CLOSED.environment()))
                .with(List.of(imported));
        var before = LatencyReport.of(measured);
        var view = ChartView.whole(ChartKind.PERCENTILES, before);
        var bundle = directory.resolve("run.zip");
        ReportFiles.write(measured, view, ChartStyle.onLight(), bundle);
        var reopened = Bundle.read(bundle);
        var after = LatencyReport.of(reopened);
        for (var kind : ChartKind.values()) {
            var one = ReportFiles.image(before, ChartView.whole(kind, before), ChartStyle.onLight());
            var other = ReportFiles.image(after, ChartView.whole(kind, after), ChartStyle.onLight());
            look(kind.file() + "-overlaid", one);
            assertThat(other.svg()).describedAs(kind.title()).isEqualTo(one.svg());
        }
        ReportFiles.write(reopened, view, ChartStyle.onLight(), directory.resolve("again.svg"));
        assertThat(Files.readString(directory.resolve("again.svg")))
                .contains("memtier.json · GET", "noise of the machine", "fewer than 10 above");
    }

    @Test
    void barsSayHowTheyCompareWithTcp() {
        var bars = bars(CLOSED.snapshot(), Statistic.P50).bars();
        assertThat(bars).hasSize(9);
        assertThat(bars.get(0).label()).isEqualTo("17.2 µs");
        assertThat(bars.get(2).label()).matches("1\\.\\d+ µs  ·  12\\.\\d× lower than TCP");
        var weak = Snapshots.recorder(Snapshots.plan(0)).snapshot();
        var few = bars(weak, Statistic.P99).bars();
        assertThat(few.get(2).value()).isNull();
        assertThat(few.get(2).label()).isEqualTo("too few samples");
    }

    private static BarsChart bars(Snapshot snapshot, Statistic statistic) {
        return new BarsChart(snapshot, List.of(), Intervals.UNKNOWN, statistic, "", "", ChartStyle.onLight());
    }

    @Test
    void laneKeepsItsLookWhateverElseIsMeasured() {
        var style = ChartStyle.onLight();
        var nine = SeriesLook.of(CLOSED.plan().series(), style);
        var one = SeriesLook.of(CLOSED.plan().series().subList(4, 5), style);
        assertThat(one.getFirst()).isEqualTo(nine.get(4));
        var twice = new java.util.ArrayList<>(CLOSED.plan().series());
        twice.addAll(CLOSED.plan().series().subList(0, 7));
        assertThat(SeriesLook.of(twice, style)).doesNotHaveDuplicates().hasSize(16);
    }

    @Test
    void coloursStayApartForTheColourBlindAndFromTheBackground() {
        for (var style : List.of(ChartStyle.onDark(), ChartStyle.onLight())) {
            assertThat(style.series()).hasSize(9);
            for (int i = 0; i < 9; i++) {
                assertThat(ColourVision.contrast(style.color(i), style.background()))
                        .describedAs("contrast of %s", style.color(i))
                        .isGreaterThanOrEqualTo(3);
                for (int j = 0; j < i; j++) {
                    assertThat(ColourVision.leastDistance(style.color(i), style.color(j)))
                            .describedAs("%s and %s", style.color(i), style.color(j))
                            .isGreaterThan(0.085);
                }
            }
        }
    }

    @Test
    void nothingIsDrawnOutsideItsArea() {
        var image = new BufferedImage(500, 400, BufferedImage.TYPE_INT_RGB);
        for (var kind : ChartKind.values()) {
            var g = image.createGraphics();
            ChartView.whole(kind, CLOSED)
                    .of(CLOSED, true, ChartStyle.onLight())
                    .draw(g, new Rectangle2D.Double(100, 100, 300, 200));
            g.dispose();
            for (int i = 0; i < 500; i++) {
                assertThat(image.getRGB(i, 90) & 0xffffff)
                        .describedAs("%s above", kind)
                        .isZero();
                assertThat(image.getRGB(i, 310) & 0xffffff)
                        .describedAs("%s below", kind)
                        .isZero();
            }
        }
    }

    @Test
    void typeThatNobodyCanReadIsRefused() {
        assertThatThrownBy(() -> ChartStyle.onDark().withSize(0.1)).hasMessageContaining("not 0.1");
    }

    /// Pictures to be looked at, when `wasmscope.shots` names a directory.
    private static void look(String name, ChartImage image) {
        var folder = System.getProperty("wasmscope.shots");
        var png = image.png(1);
        assertThat(png.length).isGreaterThan(500);
        if (folder != null) {
            try {
                Files.write(Path.of(folder, "chart-" + name + ".png"), png);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}

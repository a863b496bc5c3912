package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.bundle.Bundle;
import dev.wasmscope.engine.platform.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A report as files beside each other.
public final class ReportFiles {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 560;
    private static final int SLIDE_WIDTH = 1600;
    private static final int SLIDE_HEIGHT = 900;
    private static final double PNG_SCALE = 2;

    private ReportFiles() {}

    /// Writes `latency.json`, `.csv`, `.txt`, a `.hgrm` a series and every chart as SVG, PNG and PDF; replaces what is
    /// there.
    ///
    /// @param directory made where it is missing
    public static void write(LatencyReport report, Path directory) throws IOException {
        text(directory.resolve("latency.json"), report.json() + "\n");
        text(directory.resolve("latency.csv"), report.csv());
        text(directory.resolve("latency.txt"), report.caption() + "\n\n" + report.table());
        for (var series : report.snapshot().series()) {
            var name = series.series().target() + "-" + series.series().transport() + ".hgrm";
            text(directory.resolve(name), series.latency().hgrm());
        }
        for (var kind : ChartKind.values()) {
            if (isOf(kind, report)) {
                var image = image(report, ChartView.whole(kind, report), ChartStyle.onLight());
                AtomicFiles.write(directory.resolve(kind.file() + ".svg"), image.svg());
                AtomicFiles.write(directory.resolve(kind.file() + ".png"), image.png(PNG_SCALE));
                AtomicFiles.write(directory.resolve(kind.file() + ".pdf"), image.pdf(report.caption()));
            }
        }
    }

    private static boolean isOf(ChartKind kind, LatencyReport report) {
        return switch (kind) {
            case SENDS -> report.snapshot().settings().mode().rate() > 0;
            case SWEEP -> report.sweeping().isPresent();
            default -> true;
        };
    }

    /// Writes one kind of file, which the ending decides: `.svg`, `.png` and `.pdf` the chart, `.json` the report,
    /// `.zip` a bundle that opens anywhere, `.csv` every latency, `.hgrm` one file a
    /// series, whose name ends with the series' where there are several.
    ///
    /// @return what was written
    /// @throws IOException also for an ending that there is no format for; says which there are
    public static List<Path> write(Measurement measurement, ChartView view, ChartStyle style, Path file)
            throws IOException {
        var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "svg" ->
                AtomicFiles.write(
                        file, image(LatencyReport.of(measurement), view, style).svg());
            case "png" ->
                AtomicFiles.write(
                        file, image(LatencyReport.of(measurement), view, style).png(PNG_SCALE));
            case "pdf" -> {
                var report = LatencyReport.of(measurement);
                AtomicFiles.write(file, image(report, view, style).pdf(report.caption()));
            }
            case "json" -> text(file, new LatencyJson(measurement).text() + "\n");
            case "zip" -> Bundle.write(measurement, LatencyCommand.of(measurement), file);
            // Of the run alone: intervals take a while, and these have none.
            case "csv" -> text(file, LatencyReport.of(measurement.first()).csv());
            case "hgrm" -> {
                return histograms(LatencyReport.of(measurement.first()), file);
            }
            default ->
                throw new IOException("There is no format for " + file.getFileName()
                        + ": a name ends with .svg, .png, .pdf, .json, .csv, .hgrm or .zip");
        }
        return List.of(file);
    }

    private static List<Path> histograms(LatencyReport report, Path file) throws IOException {
        var written = new ArrayList<Path>();
        var name = String.valueOf(file.getFileName());
        var stem = name.substring(0, name.length() - ".hgrm".length());
        for (var series : report.snapshot().series()) {
            var one = report.snapshot().series().size() == 1
                    ? file
                    : file.resolveSibling("%s-%s-%s.hgrm"
                            .formatted(
                                    stem,
                                    series.series().target(),
                                    series.series().transport()));
            text(one, series.latency().hgrm());
            written.add(one);
        }
        return written;
    }

    /// A chart to be published: with mode and caption. For a style with larger letters the shape of a slide.
    public static ChartImage image(LatencyReport report, ChartView view, ChartStyle style) {
        var chart = view.of(report, true, style);
        return style.size() > 1
                ? new ChartImage(chart, SLIDE_WIDTH, SLIDE_HEIGHT)
                : new ChartImage(chart, WIDTH, HEIGHT);
    }

    static void text(Path file, String text) throws IOException {
        AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}

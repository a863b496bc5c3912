package dev.wasmscope.engine.report;

import dev.wasmscope.engine.platform.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A report as files beside each other.
public final class ReportFiles {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 560;
    private static final double PNG_SCALE = 2;

    private ReportFiles() {}

    /// Writes `latency.json`, `.csv`, `.txt`, `.svg`, `.png` and a `.hgrm` a series; replaces what is there.
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
        var image = image(report, TimeSpan.whole(report.snapshot()), ChartStyle.onLight());
        AtomicFiles.write(directory.resolve("latency.svg"), image.svg());
        AtomicFiles.write(directory.resolve("latency.png"), image.png(PNG_SCALE));
    }

    /// The chart to be published: with mode and caption.
    public static ChartImage image(LatencyReport report, TimeSpan span, ChartStyle style) {
        return new ChartImage(
                new LatencyChart(report.snapshot(), span, report.mode(), report.conditions(), style), WIDTH, HEIGHT);
    }

    private static void text(Path file, String text) throws IOException {
        AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}

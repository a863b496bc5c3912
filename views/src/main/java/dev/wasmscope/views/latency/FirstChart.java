package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.Settings;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.report.ChartImage;
import dev.wasmscope.engine.report.ChartStyle;
import dev.wasmscope.engine.report.LatencyChart;
import dev.wasmscope.engine.report.TimeSpan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The first chart of a process reads typefaces, their glyphs and the chart library's texts from files. It is drawn
/// here, where nobody looks, so that the UI thread never waits for a disk.
final class FirstChart {
    private static boolean drawn;

    private FirstChart() {}

    /// Not on the UI thread; does nothing the second time.
    static synchronized void draw(Settings settings) {
        if (drawn) {
            return;
        }
        var turned = new Snapshot.Change(20, settings.withBusy(!settings.busy()), settings);
        var nothing = new Snapshot(0, 60, settings, List.of(turned), List.of());
        var everyGlyph = IntStream.concat(IntStream.rangeClosed(' ', '~'), "µ·×–−…".chars())
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        var chart = new LatencyChart(nothing, TimeSpan.whole(nothing), everyGlyph, everyGlyph, ChartStyle.onDark());
        var _ = new ChartImage(chart, 1200, 300).png(1);
        drawn = true;
    }
}

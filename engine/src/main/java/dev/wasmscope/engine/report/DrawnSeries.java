package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.Distribution;
import dev.wasmscope.engine.latency.ImportedSeries;
import dev.wasmscope.engine.latency.PlannedSeries;
import dev.wasmscope.engine.latency.Snapshot;
import java.util.ArrayList;
import java.util.List;

/// A distribution with how it is drawn: a series of the run, or what another tool measured.
///
/// @param target empty for an import, as `transport`
/// @param service from the actual send; without samples in the closed loop and for imports
record DrawnSeries(
        String title, String target, String transport, SeriesLook look, Distribution latency, Distribution service) {
    /// The run's own first; those without samples are left out, but keep their looks.
    static List<DrawnSeries> of(Snapshot snapshot, List<ImportedSeries> overlays, ChartStyle style) {
        var names = new ArrayList<PlannedSeries>();
        snapshot.series().forEach(s -> names.add(s.series()));
        overlays.forEach(o -> names.add(new PlannedSeries("", "", o.title())));
        var looks = SeriesLook.of(names, style);
        var drawn = new ArrayList<DrawnSeries>();
        for (int i = 0; i < snapshot.series().size(); i++) {
            var series = snapshot.series().get(i);
            var name = series.series();
            drawn.add(new DrawnSeries(
                    name.title(), name.target(), name.transport(), looks.get(i), series.latency(), series.service()));
        }
        for (int i = 0; i < overlays.size(); i++) {
            var overlay = overlays.get(i);
            var look = looks.get(snapshot.series().size() + i);
            drawn.add(new DrawnSeries(overlay.title(), "", "", look, overlay.latency(), Distribution.sum(List.of())));
        }
        return drawn;
    }

    /// How many of them lie over each other where areas are filled.
    static int layers(List<DrawnSeries> drawn) {
        return Math.max(1, drawn.size());
    }
}

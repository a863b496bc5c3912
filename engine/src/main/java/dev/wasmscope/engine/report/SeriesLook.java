package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.PlannedSeries;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.util.ArrayList;
import java.util.List;

/// How one series is told from the others: colour, marker and dashes, each enough by itself.
///
/// A lane keeps its look whatever else is measured, so that two charts can lie side by side.
///
/// @param slot 0 and up; the first nine belong to the usual lanes
record SeriesLook(int slot, ChartStyle style) {
    private static final List<String> TARGETS = List.of("native", "wasm", "echo");
    private static final List<String> TRANSPORTS = List.of("tcp", "unix", "shm");
    private static final int OWN = TARGETS.size() * TRANSPORTS.size();
    private static final float[][] DASHES = {
        {7, 4}, {2, 2}, {9, 3, 2, 3}, {4, 2}, {12, 4}, {2, 2, 6, 2}, {5, 5}, {1, 3}, {14, 3, 3, 3}
    };

    /// One look a series, none twice.
    static List<SeriesLook> of(List<PlannedSeries> series, ChartStyle style) {
        var taken = new ArrayList<Integer>();
        for (var each : series) {
            int own = own(each);
            taken.add(own < 0 || taken.contains(own) ? -1 : own);
        }
        // Strangers come after all lanes have theirs.
        for (int i = 0, next = 0; i < taken.size(); i++) {
            if (taken.get(i) < 0) {
                while (taken.contains(next)) {
                    next++;
                }
                taken.set(i, next);
            }
        }
        return taken.stream().map(slot -> new SeriesLook(slot, style)).toList();
    }

    private static int own(PlannedSeries series) {
        int target = TARGETS.indexOf(series.target());
        int transport = TRANSPORTS.indexOf(series.transport());
        return target < 0 || transport < 0 ? -1 : target * TRANSPORTS.size() + transport;
    }

    Color color() {
        return style.color(slot);
    }

    Color faint(int layers) {
        return style.faint(slot, layers);
    }

    BasicStroke dashed() {
        return style.dashed(1.2, DASHES[slot % DASHES.length]);
    }

    /// Around the origin. Series beyond the ninth repeat colours, so their markers are one further.
    Shape marker() {
        return Markers.shape(slot + slot / OWN, 3.2 * style.size());
    }
}

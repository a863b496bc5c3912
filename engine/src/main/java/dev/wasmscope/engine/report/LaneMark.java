package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.ImportedSeries;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.spi.Chart;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A lane's line and marker as all charts draw them, for what names lanes beside a chart. Transparent around it.
public final class LaneMark implements Chart {
    private final SeriesLook look;

    private LaneMark(SeriesLook look) {
        this.look = look;
    }

    /// @return by the title of the series or the import
    public static Map<String, LaneMark> of(Snapshot snapshot, List<ImportedSeries> overlays, ChartStyle style) {
        var marks = new HashMap<String, LaneMark>();
        DrawnSeries.of(snapshot, overlays, style).forEach(s -> marks.put(s.title(), new LaneMark(s.look())));
        return marks;
    }

    @Override
    public void draw(Graphics2D g, Rectangle2D area) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        ChartFrame.Entry.of("", look).sample(g, area.getX(), area.getCenterY(), area.getWidth());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LaneMark mark && mark.look.equals(look);
    }

    @Override
    public int hashCode() {
        return look.hashCode();
    }
}

package dev.wasmscope.views.latency;

import dev.wasmscope.engine.report.ChartStyle;
import dev.wasmscope.views.spi.Palette;
import java.awt.Color;

/// The theme's colours as a chart takes them.
final class ChartColors {
    private ChartColors() {}

    static ChartStyle of(Palette palette) {
        var background = awt(palette.background());
        var grid = awt(palette.line());
        var text = awt(palette.text());
        var muted = awt(palette.textMuted());
        return palette.dark()
                ? ChartStyle.onDark(background, grid, text, muted)
                : ChartStyle.onLight(background, grid, text, muted);
    }

    private static Color awt(javafx.scene.paint.Color c) {
        return new Color((float) c.getRed(), (float) c.getGreen(), (float) c.getBlue(), (float) c.getOpacity());
    }
}

package dev.wasmscope.engine.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;

/// Colours and type of a chart.
///
/// @param series one colour a series, taken in order and again from the start; to be told apart by the colour-blind
/// @param warmUp of what counts in no number
public record ChartStyle(
        boolean dark, Color background, Color grid, Color text, Color muted, Color warmUp, List<Color> series) {
    // Okabe and Ito's palette (2008), the darker or lighter of two hues where the background asks for it.
    private static final List<Color> ON_DARK = List.of(
            new Color(0x56B4E9),
            new Color(0xE69F00),
            new Color(0x1FC194),
            new Color(0xE08FBE),
            new Color(0xF0E442),
            new Color(0xE8743B));
    private static final List<Color> ON_LIGHT = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x008A64),
            new Color(0xB4558C),
            new Color(0xA67C00),
            new Color(0x3A3A3A));

    private static final float[][] DASHES = {{7, 4}, {2, 3}, {9, 3, 2, 3}, {4, 2}, {12, 4}, {2, 2, 6, 2}};
    static final String FAMILY = "Inter";

    public ChartStyle {
        series = List.copyOf(series);
    }

    public static ChartStyle onDark() {
        return onDark(new Color(0x0D1117), new Color(0x21262D), new Color(0xC9D1D9), new Color(0x8B949E));
    }

    public static ChartStyle onLight() {
        return onLight(Color.WHITE, new Color(0xE4E8ED), new Color(0x24292F), new Color(0x57606A));
    }

    public static ChartStyle onDark(Color background, Color grid, Color text, Color muted) {
        return new ChartStyle(true, background, grid, text, muted, new Color(0x6E7681), ON_DARK);
    }

    public static ChartStyle onLight(Color background, Color grid, Color text, Color muted) {
        return new ChartStyle(false, background, grid, text, muted, new Color(0x9AA4AF), ON_LIGHT);
    }

    Color color(int index) {
        return series.get(index % series.size());
    }

    BasicStroke solid() {
        return new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }

    /// Each series has a pattern of its own, so that colour is not the only difference.
    BasicStroke dashed(int index) {
        return new BasicStroke(
                1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, DASHES[index % DASHES.length], 0);
    }

    Font font(float size) {
        return new Font(FAMILY, Font.PLAIN, 1).deriveFont(size);
    }
}

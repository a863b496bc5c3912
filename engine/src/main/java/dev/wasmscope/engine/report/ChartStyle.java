package dev.wasmscope.engine.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;

/// Colours and type of a chart.
///
/// @param warmUp of what counts in no number
/// @param series one colour a series, to be told apart by the colour-blind
/// @param size of letters and lines: 1 for a window or a page
/// @param sparse names many lanes only where the chart is high enough, as something beside it names them ([LaneMark])
public record ChartStyle(
        boolean dark,
        Color background,
        Color grid,
        Color text,
        Color muted,
        Color warmUp,
        List<Color> series,
        double size,
        boolean sparse) {
    /// Letters and lines that can be read from the last row.
    public static final double SLIDE = 1.9;

    // Begun with Okabe and Ito's palette (2008), then moved until any two of the nine keep their distance under each
    // of the three forms of colour blindness and 3:1 of contrast to the background. In the order of `SeriesLook`.
    private static final List<Color> ON_DARK =
            colors(0x4CB0FA, 0xEF561F, 0x13A37A, 0xED74BD, 0xEBEC55, 0xBCCCFA, 0xC9B812, 0xB043D9, 0xB3FADC);
    private static final List<Color> ON_LIGHT =
            colors(0x1759C9, 0xBB420D, 0x1DA582, 0x964581, 0x2E1C3D, 0x8E79DC, 0xC38318, 0x47109A, 0x653218);

    public ChartStyle {
        series = List.copyOf(series);
        if (!(size >= 0.5 && size <= 4)) {
            throw new IllegalArgumentException("A chart's type is 0.5 to 4 times the usual one, not " + size);
        }
    }

    public static ChartStyle onDark() {
        return onDark(new Color(0x0D1117), new Color(0x21262D), new Color(0xC9D1D9), new Color(0x8B949E));
    }

    public static ChartStyle onLight() {
        return onLight(Color.WHITE, new Color(0xE4E8ED), new Color(0x24292F), new Color(0x57606A));
    }

    public static ChartStyle onDark(Color background, Color grid, Color text, Color muted) {
        return new ChartStyle(true, background, grid, text, muted, new Color(0x6E7681), ON_DARK, 1, false);
    }

    public static ChartStyle onLight(Color background, Color grid, Color text, Color muted) {
        return new ChartStyle(false, background, grid, text, muted, new Color(0x9AA4AF), ON_LIGHT, 1, false);
    }

    public ChartStyle withSize(double changed) {
        return new ChartStyle(dark, background, grid, text, muted, warmUp, series, changed, sparse);
    }

    public ChartStyle withSparse(boolean changed) {
        return new ChartStyle(dark, background, grid, text, muted, warmUp, series, size, changed);
    }

    Color color(int index) {
        return series.get(index % series.size());
    }

    /// @param layers how many lie over each other
    Color faint(int index, int layers) {
        var color = color(index);
        return new Color(
                color.getRed(),
                color.getGreen(),
                color.getBlue(),
                Math.max(8, (dark ? 48 : 40) / Math.max(1, layers / 2)));
    }

    /// @param width at the usual size
    BasicStroke line(double width) {
        return new BasicStroke((float) (width * size), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }

    BasicStroke dashed(double width, float... dashes) {
        var scaled = dashes.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= (float) size;
        }
        return new BasicStroke((float) (width * size), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, scaled, 0);
    }

    /// Of a percentile that too few samples support, in every chart.
    BasicStroke weak() {
        return dashed(1.2, 3, 3);
    }

    /// @param points at the usual size
    Font font(double points) {
        return ChartFont.of((float) (points * size));
    }

    private static List<Color> colors(int... rgb) {
        return java.util.Arrays.stream(rgb).mapToObj(Color::new).toList();
    }
}

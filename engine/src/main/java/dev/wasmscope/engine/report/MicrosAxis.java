package dev.wasmscope.engine.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;

/// Latencies on a logarithmic scale with ticks at 1, 2 and 5, labelled with the unit that fits.
final class MicrosAxis extends LogAxis {
    private static final double[] STEPS = {1, 2, 5};
    private static final double HEIGHT_OF_TICK = 26;
    private static final double WIDTH_OF_TICK = 58;

    private final double size;

    /// @param lowest latency to be shown, microseconds
    /// @param size of letters, 1 for the usual one
    MicrosAxis(double lowest, double highest, double size) {
        this.size = size;
        double lower = below(Math.max(0.01, lowest));
        setRange(new Range(lower, Math.max(above(highest), lower * 5)));
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // JFreeChart's signature
    public List refreshTicks(Graphics2D g2, AxisState state, Rectangle2D area, RectangleEdge edge) {
        boolean upright = RectangleEdge.isLeftOrRight(edge);
        var anchor = upright ? TextAnchor.CENTER_RIGHT : TextAnchor.TOP_CENTER;
        double decades = Math.log10(getUpperBound() / getLowerBound());
        double room = (upright ? area.getHeight() / HEIGHT_OF_TICK : area.getWidth() / WIDTH_OF_TICK) / size;
        boolean steps = room / decades >= STEPS.length;
        // Very long scales leave out decades, too.
        int every = Math.max(1, (int) Math.ceil(decades / Math.max(1, room)));
        var ticks = new ArrayList<ValueTick>();
        double first = Math.floor(Math.log10(getLowerBound()));
        for (double power = first; power <= Math.log10(getUpperBound()); power += every) {
            for (double step : STEPS) {
                double value = step * Math.pow(10, power);
                boolean inside = value >= getLowerBound() * 0.999 && value <= getUpperBound() * 1.001;
                if (inside && (step == 1 || steps)) {
                    ticks.add(new NumberTick(value, Numbers.withUnit(value), anchor, anchor, 0));
                }
            }
        }
        return ticks;
    }

    private static double below(double value) {
        double decade = Math.pow(10, Math.floor(Math.log10(value)));
        return value >= 5 * decade ? 5 * decade : value >= 2 * decade ? 2 * decade : decade;
    }

    private static double above(double value) {
        double decade = Math.pow(10, Math.floor(Math.log10(value)));
        return value <= decade
                ? decade
                : value <= 2 * decade ? 2 * decade : value <= 5 * decade ? 5 * decade : 10 * decade;
    }
}

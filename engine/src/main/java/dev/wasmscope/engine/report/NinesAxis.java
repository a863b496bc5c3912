package dev.wasmscope.engine.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/// Percentiles by their nines: each further nine takes the same room, so that the tail is as long as it matters.
final class NinesAxis extends NumberAxis {
    private static final double WIDTH_OF_TICK = 52;
    private static final int DIGITS = 7;

    private final double size;

    NinesAxis(double nines, double size) {
        this.size = size;
        setRange(0, nines);
    }

    /// 0 for the least, 1 for the 90th, 2 for the 99th percentile.
    static double nines(double percentile) {
        return -Math.log10(1 - percentile / 100);
    }

    static double percentile(double nines) {
        return 100 * (1 - Math.pow(10, -nines));
    }

    /// `50 %`, `99.9 %`: with as many nines as it has.
    static String title(double percentile) {
        var text = String.format(Locale.ROOT, "%." + DIGITS + "f", percentile);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "") + " %";
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // JFreeChart's signature
    public List refreshTicks(Graphics2D g2, AxisState state, Rectangle2D area, RectangleEdge edge) {
        var ticks = new ArrayList<ValueTick>();
        double room = WIDTH_OF_TICK * size * getRange().getLength() / area.getWidth();
        add(ticks, 0, room);
        for (int nines = 1; nines <= getUpperBound() + 1e-9; nines++) {
            add(ticks, nines, room);
        }
        add(ticks, nines(50), room);
        return ticks;
    }

    /// Unless another one stands there.
    private static void add(List<ValueTick> ticks, double nines, double room) {
        if (ticks.stream().allMatch(t -> Math.abs(t.getValue() - nines) >= room)) {
            ticks.add(new NumberTick(nines, title(percentile(nines)), TextAnchor.TOP_CENTER, TextAnchor.TOP_CENTER, 0));
        }
    }
}

package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.Sweep;
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

/// The values of a sweep, with a tick at each. Logarithmic where the largest is many times the least.
///
/// A rate of 0, the closed loop, is as fast as it can be: it stands to the right of all rates.
final class SweepAxis extends NumberAxis {
    private static final double LOGARITHMIC_FROM = 12;
    private static final double MARGIN = 0.04;
    private static final double ROOM = 10;

    private final Sweep.Of of;
    private final List<Double> values;
    private final boolean logarithmic;
    private final double closedLoop;

    SweepAxis(Sweep.Of of, List<Double> values) {
        this.of = of;
        this.values = List.copyOf(values);
        var open = values.stream().filter(v -> !isClosedLoop(v)).sorted().toList();
        double least = open.isEmpty() ? 0 : open.getFirst();
        double most = open.isEmpty() ? 1 : open.getLast();
        logarithmic = least > 0 && most / least >= LOGARITHMIC_FROM;
        double from = scaled(least);
        double to = scaled(most);
        double step = Math.max((to - from) / Math.max(1, open.size() - 1), from == to ? 1 : 0);
        closedLoop = open.isEmpty() ? from : to + step;
        double end = values.stream().anyMatch(this::isClosedLoop) ? closedLoop : to;
        double margin = Math.max((end - from) * MARGIN, end == from ? 1 : 0);
        setRange(from - margin, end + margin);
        setLabel(of == Sweep.Of.PAYLOAD ? "payload, bytes" : of.unit());
    }

    private boolean isClosedLoop(double value) {
        return of == Sweep.Of.RATE && value == 0;
    }

    /// Where a value stands on this axis.
    double place(double value) {
        return isClosedLoop(value) ? closedLoop : scaled(value);
    }

    private double scaled(double value) {
        return logarithmic ? Math.log10(value) : value;
    }

    private String title(double value) {
        if (isClosedLoop(value)) {
            return "closed loop";
        }
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : Numbers.plain(value);
    }

    /// Those that have room: the first and then each that does not touch the one before.
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // JFreeChart's signature
    public List refreshTicks(Graphics2D g2, AxisState state, Rectangle2D area, RectangleEdge edge) {
        var metrics = g2.getFontMetrics(getTickLabelFont());
        var ticks = new ArrayList<ValueTick>();
        double free = Double.NEGATIVE_INFINITY;
        for (var value : values.stream()
                .sorted((a, b) -> Double.compare(place(a), place(b)))
                .toList()) {
            double middle = valueToJava2D(place(value), area, edge);
            double half = metrics.stringWidth(title(value)) / 2.0;
            if (middle - half >= free) {
                ticks.add(new NumberTick(place(value), title(value), TextAnchor.TOP_CENTER, TextAnchor.TOP_CENTER, 0));
                free = middle + half + ROOM;
            }
        }
        return ticks;
    }
}

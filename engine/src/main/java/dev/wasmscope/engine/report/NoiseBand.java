package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.NoiseFloor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.jfree.chart.annotations.XYPolygonAnnotation;
import org.jfree.chart.plot.XYPlot;

/// What lies below the noise of the machine, as a grey band: no latency in it says anything about a server.
final class NoiseBand {
    private static final int STEPS = 60;

    private NoiseBand() {}

    /// For the legend.
    static ChartFrame.Entry entry(ChartStyle style) {
        return ChartFrame.Entry.line(
                "noise of the machine",
                color(style),
                new BasicStroke((float) (8 * style.size()), BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    }

    /// Up to each percentile's own noise.
    static Consumer<XYPlot> to(NoiseFloor noise, double nines, int pixels, ChartStyle style) {
        return plot -> {
            double bottom = plot.getRangeAxis().getLowerBound();
            double top = plot.getRangeAxis().getUpperBound();
            int steps = Math.max(2, Math.min(STEPS, pixels / 8));
            var corners = new ArrayList<Double>();
            for (int i = 0; i <= steps; i++) {
                double x = nines * i / steps;
                double y = noise.micros(NinesAxis.percentile(Math.min(x, PercentileLine.reach(samples(noise)))));
                corners.add(x);
                corners.add(Math.clamp(y, bottom, top));
            }
            corners.addAll(java.util.List.of(nines, bottom, 0.0, bottom));
            var polygon = corners.stream().mapToDouble(Double::doubleValue).toArray();
            plot.addAnnotation(new XYPolygonAnnotation(polygon, null, null, color(style)), false);
        };
    }

    private static double samples(NoiseFloor noise) {
        return (double) noise.gaps().samples();
    }

    static Color color(ChartStyle style) {
        var warm = style.warmUp();
        return new Color(warm.getRed(), warm.getGreen(), warm.getBlue(), 56);
    }
}

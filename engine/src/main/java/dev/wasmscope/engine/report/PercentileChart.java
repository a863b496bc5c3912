package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.Distribution;
import dev.wasmscope.engine.latency.ImportedSeries;
import dev.wasmscope.engine.latency.LoadMode;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.spi.Chart;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.annotations.XYPolygonAnnotation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/// Latency over percentiles, the axis in nines. Where fewer than ten samples lie above, a line is dashed.
///
/// @param overlays from other tools
/// @param sends both curves of a fixed-rate run, from the planned and from the actual send, and between them what a
///     closed loop would not have seen (Gil Tene's coordinated omission)
/// @param heading what was measured and how
/// @param caption below the chart, wrapped; empty for none
public record PercentileChart(
        Snapshot snapshot,
        List<ImportedSeries> overlays,
        boolean sends,
        Scale scale,
        String heading,
        String caption,
        ChartStyle style)
        implements Chart {
    private static final double LEAST_NINES = 2;
    private static final double MOST_NINES = 7;

    @Override
    public void draw(Graphics2D g, Rectangle2D area) {
        var _ = drawn(g, area);
    }

    /// Draws it.
    ///
    /// @return where the data is: from the 0th percentile at its left to [#nines()] at its right
    public Rectangle2D drawn(Graphics2D g, Rectangle2D area) {
        return new ChartFrame(style, heading, caption, legend()).draw(g, area, plot((int) area.getWidth()));
    }

    /// How far the axis goes: 2 is the 99th percentile, 3 the 99.9th.
    public double nines() {
        double most = lanes().stream()
                .mapToDouble(s -> PercentileLine.reach((double) s.latency().samples()))
                .max()
                .orElse(LEAST_NINES);
        return Math.clamp(most, LEAST_NINES, MOST_NINES);
    }

    /// What every series has at one place of the axis, in the order of the run.
    ///
    /// @param nines from the left edge, 0 to [#nines()]
    public Readings at(double nines) {
        double percentile = NinesAxis.percentile(nines);
        var readings = new ArrayList<Reading>();
        for (var lane : lanes()) {
            add(readings, lane.title(), lane.latency(), lane.look(), percentile);
            if (sends) {
                add(readings, lane.title() + ", actual send", lane.service(), lane.look(), percentile);
            }
        }
        return new Readings(NinesAxis.title(rounded(percentile)), List.copyOf(readings));
    }

    /// @param percentile as it is written: `99.9 %`
    public record Readings(String percentile, List<Reading> series) {}

    /// @param weak fewer than ten samples lie above
    public record Reading(String title, Color color, double micros, boolean weak) {}

    private static void add(
            List<Reading> readings, String title, Distribution distribution, SeriesLook look, double percentile) {
        if (distribution.samples() > 0) {
            readings.add(new Reading(
                    title,
                    look.color(),
                    distribution.percentileOrWeaker(percentile),
                    distribution.percentile(percentile) == null));
        }
    }

    /// To two digits of what is left above it: 99.873 %, but 12 %.
    private static double rounded(double percentile) {
        double above = 100 - percentile;
        double digit = Math.pow(10, Math.floor(Math.log10(Math.max(above, 1e-7))) - 1);
        return 100 - Math.round(above / digit) * digit;
    }

    private List<DrawnSeries> lanes() {
        return DrawnSeries.of(snapshot, sends ? List.of() : overlays, style).stream()
                .filter(s -> s.latency().samples() > 0 && (!sends || s.service().samples() > 0))
                .toList();
    }

    private List<ChartFrame.Entry> legend() {
        var legend = new ArrayList<ChartFrame.Entry>();
        lanes().forEach(lane -> legend.add(ChartFrame.Entry.of(lane.title(), lane.look())));
        if (sends && !legend.isEmpty()) {
            legend.add(ChartFrame.Entry.line("planned send", style.muted(), planned()));
            legend.add(ChartFrame.Entry.line("actual send", style.muted(), actual()));
        }
        if (!legend.isEmpty() && snapshot.noise().isPresent()) {
            legend.add(NoiseBand.entry(style));
        }
        if (!legend.isEmpty()) {
            legend.add(ChartFrame.Entry.line("fewer than 10 above", style.muted(), style.weak()));
        }
        return legend;
    }

    private XYPlot plot(int pixels) {
        var curves = new Curves();
        var lanes = lanes();
        double nines = nines();
        for (var lane : lanes) {
            var latency = new PercentileLine(lane.latency(), nines, pixels);
            curves.add(latency.weak(curves.key()), lane.look().color(), style.weak(), Optional.empty());
            curves.add(latency.firm(curves.key()), lane.look().color(), planned(), Optional.empty());
            curves.add(
                    latency.marks(curves.key()),
                    lane.look().color(),
                    planned(),
                    Optional.of(lane.look().marker()));
            if (sends) {
                var service = new PercentileLine(lane.service(), nines, pixels);
                curves.add(service.weak(curves.key()), lane.look().color(), style.weak(), Optional.empty());
                curves.add(service.firm(curves.key()), lane.look().color(), actual(), Optional.empty());
            }
        }
        double low = lanes.stream().mapToDouble(PercentileChart::lowest).min().orElse(10);
        if (sends) {
            low = Math.min(
                    low,
                    lanes.stream()
                            .mapToDouble(l -> l.service().row().min())
                            .min()
                            .orElse(10));
        }
        double high =
                lanes.stream().mapToDouble(l -> l.latency().row().max()).max().orElse(1000);
        var axis = scale.axis(low, high, style.size());
        var plot = new Plots(style).xy(curves.data, new NinesAxis(nines, style.size()), axis, curves.lines, nothing());
        snapshot.noise()
                .ifPresent(noise -> NoiseBand.to(noise, nines, pixels, style).accept(plot));
        if (sends) {
            lanes.forEach(lane -> shade(plot, lane, nines, pixels, lane.look().faint(lanes.size())));
        }
        return plot;
    }

    /// A tool that counts in milliseconds has a least of nothing, which a logarithmic axis would make much of.
    private static double lowest(DrawnSeries lane) {
        return lane.transport().isEmpty()
                ? lane.latency().percentileOrWeaker(5)
                : lane.latency().row().min();
    }

    private String nothing() {
        return sends && snapshot.settings().mode() instanceof LoadMode.ClosedLoop
                ? "A closed loop has no planned sends. Measure at a rate to see both curves."
                : "Numbers come after the warm-up.";
    }

    private BasicStroke planned() {
        return style.line(1.8);
    }

    private BasicStroke actual() {
        return style.line(0.9);
    }

    /// The wait that only the plan knows of.
    private void shade(XYPlot plot, DrawnSeries lane, double nines, int pixels, Color color) {
        var upper = new PercentileLine(lane.latency(), nines, pixels).firm("upper");
        var lower = new PercentileLine(lane.service(), nines, pixels).firm("lower");
        var corners = new double[2 * (upper.getItemCount() + lower.getItemCount())];
        int at = 0;
        for (int i = 0; i < upper.getItemCount(); i++) {
            corners[at++] = upper.getX(i).doubleValue();
            corners[at++] = upper.getY(i).doubleValue();
        }
        for (int i = lower.getItemCount() - 1; i >= 0; i--) {
            corners[at++] = lower.getX(i).doubleValue();
            corners[at++] = lower.getY(i).doubleValue();
        }
        if (corners.length >= 6) {
            plot.addAnnotation(new XYPolygonAnnotation(corners, null, null, color), false);
        }
    }

    private static final class Curves {
        private final XYSeriesCollection data = new XYSeriesCollection();
        private final XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);

        private Curves() {
            lines.setDrawSeriesLineAsPath(true);
        }

        int key() {
            return data.getSeriesCount();
        }

        /// @param marker instead of a line
        void add(XYSeries series, Paint paint, BasicStroke stroke, Optional<Shape> marker) {
            int index = key();
            lines.setSeriesPaint(index, paint, false);
            lines.setSeriesStroke(index, stroke, false);
            marker.ifPresent(shape -> {
                lines.setSeriesShape(index, shape, false);
                lines.setSeriesLinesVisible(index, false);
                lines.setSeriesShapesVisible(index, true);
            });
            data.addSeries(series);
        }
    }
}

package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.Distribution;
import dev.wasmscope.engine.latency.ImportedSeries;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.spi.Chart;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jfree.chart.annotations.XYPolygonAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/// How often each latency occurred: the share of a series' samples in bins that are a tenth wider each than the one
/// before, up to the 99.9th percentile.
///
/// @param overlays from other tools
/// @param heading what was measured and how
/// @param caption below the chart, wrapped; empty for none
public record HistogramChart(
        Snapshot snapshot, List<ImportedSeries> overlays, String heading, String caption, ChartStyle style)
        implements Chart {
    private static final int BINS_A_DECADE = 24;
    private static final double SHOWN = 99.9;

    @Override
    public void draw(Graphics2D g, Rectangle2D area) {
        var legend = new ArrayList<ChartFrame.Entry>();
        var lanes = new ArrayList<Lane>();
        for (var series : DrawnSeries.of(snapshot, overlays, style)) {
            if (series.latency().samples() > 0) {
                legend.add(ChartFrame.Entry.of(series.title(), series.look()));
                lanes.add(new Lane(series.look(), outline(series.look().slot(), series.latency())));
            }
        }
        new ChartFrame(style, heading, caption, legend).draw(g, area, plot(lanes));
    }

    private XYPlot plot(List<Lane> lanes) {
        var data = new XYSeriesCollection();
        var lines = new XYLineAndShapeRenderer(true, false);
        lines.setDrawSeriesLineAsPath(true);
        double low = Double.MAX_VALUE;
        double high = 0;
        double top = 0;
        for (var lane : lanes) {
            lines.setSeriesPaint(data.getSeriesCount(), lane.look.color(), false);
            lines.setSeriesStroke(data.getSeriesCount(), style.line(1.6), false);
            data.addSeries(lane.outline);
            low = Math.min(low, lane.outline.getMinX());
            high = Math.max(high, lane.outline.getMaxX());
            top = Math.max(top, lane.outline.getMaxY());
            marks(data, lines, lane);
        }
        var latency =
                lanes.isEmpty() ? new MicrosAxis(10, 1000, style.size()) : new MicrosAxis(low, high, style.size());
        if (!lanes.isEmpty()) {
            latency.setRange(low, high);
        }
        var share = new NumberAxis();
        share.setRange(0, top == 0 ? 10 : top * 1.08);
        share.setNumberFormatOverride(new DecimalFormat("0.# '%'", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        var plot = new Plots(style).xy(data, latency, share, lines, "Numbers come after the warm-up.");
        lanes.forEach(lane -> plot.addAnnotation(
                new XYPolygonAnnotation(corners(lane.outline), null, null, lane.look.faint(lanes.size())), false));
        return plot;
    }

    /// At the highest bin: where lanes overlap, that is where one looks for the name.
    private static void marks(XYSeriesCollection data, XYLineAndShapeRenderer lines, Lane lane) {
        var mark = new XYSeries("mark" + data.getSeriesCount());
        for (int i = 0; i + 1 < lane.outline.getItemCount(); i++) {
            double y = lane.outline.getY(i).doubleValue();
            if (y == lane.outline.getMaxY() && lane.outline.getY(i + 1).doubleValue() == y) {
                double left = lane.outline.getX(i).doubleValue();
                mark.add(Math.sqrt(left * lane.outline.getX(i + 1).doubleValue()), y);
                break;
            }
        }
        int index = data.getSeriesCount();
        lines.setSeriesPaint(index, lane.look.color(), false);
        lines.setSeriesShape(index, lane.look.marker(), false);
        lines.setSeriesShapesVisible(index, true);
        data.addSeries(mark);
    }

    /// Up, along and down each bin, from the axis and back to it.
    private static XYSeries outline(int key, Distribution distribution) {
        var counts = new TreeMap<Integer, Long>();
        double most = distribution.percentileOrWeaker(SHOWN);
        for (var step : distribution.steps()) {
            if (step.micros() <= most) {
                counts.merge((int) Math.floor(Math.log10(step.micros()) * BINS_A_DECADE), step.count(), Long::sum);
            }
        }
        var outline = new XYSeries(key, false, true);
        if (counts.isEmpty()) {
            return outline;
        }
        outline.add(edge(counts.firstKey()), 0);
        for (int bin = counts.firstKey(); bin <= counts.lastKey(); bin++) {
            double share = 100.0 * counts.getOrDefault(bin, 0L) / distribution.samples();
            outline.add(edge(bin), share);
            outline.add(edge(bin + 1), share);
        }
        outline.add(edge(counts.lastKey() + 1), 0);
        return outline;
    }

    private static double edge(int bin) {
        return Math.pow(10, (double) bin / BINS_A_DECADE);
    }

    private static double[] corners(XYSeries outline) {
        var corners = new double[2 * outline.getItemCount()];
        for (int i = 0; i < outline.getItemCount(); i++) {
            corners[2 * i] = outline.getX(i).doubleValue();
            corners[2 * i + 1] = outline.getY(i).doubleValue();
        }
        return corners;
    }

    private record Lane(SeriesLook look, XYSeries outline) {}
}

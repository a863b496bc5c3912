package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.spi.Chart;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Stroke;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.Marker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/// Latency over time: for every series the median as a solid and the 99th percentile as a dashed line, the warm-up
/// in grey, a mark where a setting was turned.
///
/// @param heading what was measured and how: the load mode belongs to every latency
/// @param caption below the chart, wrapped; empty for none
public record LatencyChart(Snapshot snapshot, TimeSpan span, String heading, String caption, ChartStyle style)
        implements Chart {
    private static final double TEXT = ChartFrame.TEXT;
    /// Room for the longest label of a mark.
    private static final double LABEL_PIXELS = 96;
    private static final int MARKERS = 8;
    private static final Color NOTHING = new Color(0, 0, 0, 0);
    private static final Color SHADE = new Color(128, 128, 128, 28);

    @Override
    public void draw(Graphics2D g, Rectangle2D area) {
        var looks = looks();
        var legend = new ArrayList<ChartFrame.Entry>();
        for (int i = 0; i < looks.size(); i++) {
            legend.add(ChartFrame.Entry.of(snapshot.series().get(i).series().title(), looks.get(i)));
        }
        if (!looks.isEmpty()) {
            legend.add(ChartFrame.Entry.line("p50", style.muted(), style.line(1.6)));
            legend.add(ChartFrame.Entry.line("p99", style.muted(), style.dashed(1.2, 5, 3)));
            snapshot.noise().ifPresent(_ -> legend.add(NoiseBand.entry(style)));
        }
        new ChartFrame(style, heading, caption, legend).draw(g, area, plot((int) area.getWidth(), looks));
    }

    private List<SeriesLook> looks() {
        return SeriesLook.of(
                snapshot.series().stream().map(Snapshot.Series::series).toList(), style);
    }

    private XYPlot plot(int pixels, List<SeriesLook> looks) {
        var data = new XYSeriesCollection();
        var lines = new XYLineAndShapeRenderer(true, false);
        lines.setDrawSeriesLineAsPath(true);
        for (int i = 0; i < looks.size(); i++) {
            var look = looks.get(i);
            var lane = new Lane(i, snapshot.series().get(i).curve(), span, pixels);
            line(data, lines, lane.p99(true), style.warmUp(), look.dashed());
            line(data, lines, lane.p50(true), style.warmUp(), style.line(1.6));
            line(data, lines, lane.p99(false), look.color(), look.dashed());
            line(data, lines, lane.p50(false), look.color(), style.line(1.6));
            marks(data, lines, lane.marks(MARKERS, (double) i / looks.size()), look);
        }
        double lowest = Double.MAX_VALUE;
        double highest = 0;
        for (int s = 0; s < data.getSeriesCount(); s++) {
            if (data.getItemCount(s) > 0) {
                lowest = Math.min(lowest, data.getSeries(s).getMinY());
                highest = Math.max(highest, data.getSeries(s).getMaxY());
            }
        }
        var axis =
                highest == 0 ? new MicrosAxis(10, 1000, style.size()) : new MicrosAxis(lowest, highest, style.size());
        var plot = new Plots(style).xy(data, time(), axis, lines, "");
        double pixelsASecond = pixels / (span.to() - span.from());
        noise(plot);
        warmUp(plot, pixelsASecond);
        changes(plot, pixelsASecond);
        return plot;
    }

    private static void line(
            XYSeriesCollection data, XYLineAndShapeRenderer lines, XYSeries series, Paint paint, Stroke stroke) {
        int index = data.getSeriesCount();
        lines.setSeriesPaint(index, paint, false);
        lines.setSeriesStroke(index, stroke, false);
        data.addSeries(series);
    }

    private static void marks(XYSeriesCollection data, XYLineAndShapeRenderer lines, XYSeries series, SeriesLook look) {
        int index = data.getSeriesCount();
        lines.setSeriesPaint(index, look.color(), false);
        lines.setSeriesShape(index, look.marker(), false);
        lines.setSeriesLinesVisible(index, false);
        lines.setSeriesShapesVisible(index, true);
        data.addSeries(series);
    }

    private NumberAxis time() {
        var axis = new NumberAxis();
        axis.setRange(span.shown(span.from()), span.shown(span.to()));
        axis.setNumberFormatOverride(new DecimalFormat("0.## 's'", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        axis.setStandardTickUnits(TimeTicks.UNITS);
        return axis;
    }

    /// Up to the noise's 99th percentile, as the dashed lines are of that one.
    private void noise(XYPlot plot) {
        snapshot.noise().ifPresent(floor -> {
            var band = new IntervalMarker(0, floor.micros(99), NoiseBand.color(style));
            band.setOutlinePaint(null);
            plot.addRangeMarker(band, Layer.BACKGROUND);
        });
    }

    private void warmUp(XYPlot plot, double pixelsASecond) {
        double end = 0;
        for (var series : snapshot.series()) {
            var curve = series.curve();
            for (int i = 0; i < curve.size() && curve.warm()[i]; i++) {
                end = Math.max(end, curve.seconds()[i]);
            }
        }
        double begin = Math.max(0, span.from());
        if (end > begin) {
            var band = new IntervalMarker(span.shown(begin), span.shown(end), SHADE);
            band.setOutlinePaint(null);
            if ((end - begin) * pixelsASecond > LABEL_PIXELS * style.size()) {
                label(band, "warm-up", RectangleAnchor.TOP_LEFT, TextAnchor.TOP_LEFT);
            }
            plot.addDomainMarker(band, Layer.BACKGROUND);
        }
    }

    /// The latest first: of marks too close to each other only that one has its label.
    private void changes(XYPlot plot, double pixelsASecond) {
        double free = Double.MAX_VALUE;
        for (var change : snapshot.changes().reversed()) {
            if (change.seconds() < span.from() || change.seconds() > span.to()) {
                continue;
            }
            var mark = new ValueMarker(span.shown(change.seconds()), style.muted(), style.line(1));
            double at = (change.seconds() - span.from()) * pixelsASecond;
            boolean atEdge = (span.to() - change.seconds()) * pixelsASecond < LABEL_PIXELS * style.size();
            if (at < free) {
                label(
                        mark,
                        whatChanged(change),
                        atEdge ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT,
                        atEdge ? TextAnchor.TOP_RIGHT : TextAnchor.TOP_LEFT);
                free = at - LABEL_PIXELS * style.size() * (atEdge ? 2 : 1);
            }
            plot.addDomainMarker(mark, Layer.BACKGROUND);
        }
    }

    private void label(Marker marker, String text, RectangleAnchor at, TextAnchor anchor) {
        marker.setLabel(text);
        marker.setLabelFont(style.font(TEXT - 1.5));
        marker.setLabelPaint(style.muted());
        marker.setLabelBackgroundColor(NOTHING);
        marker.setLabelAnchor(at);
        marker.setLabelTextAnchor(anchor);
        marker.setLabelOffset(new RectangleInsets(3, 4, 3, 4));
    }

    static String whatChanged(Snapshot.Change change) {
        var before = change.before();
        var after = change.settings();
        if (before.paused() != after.paused()) {
            return after.paused() ? "paused" : "resumed";
        }
        if (before.busy() != after.busy()) {
            return after.busy() ? "machine busy" : "machine at rest";
        }
        if (!before.mode().equals(after.mode())) {
            return after.mode().rate() == 0
                    ? "closed loop"
                    : String.format(Locale.ROOT, "%,.0f/s", after.mode().rate());
        }
        return String.format(Locale.ROOT, "payload %,d B", after.payload());
    }
}

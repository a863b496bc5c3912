package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.PlannedSeries;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.latency.statistics.Span;
import dev.wasmscope.engine.spi.Chart;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jspecify.annotations.Nullable;

/// One curve a series over the values of a sweep, with whiskers where the statistic would lie in 95 of 100 runs.
///
/// @param sweeping null where only one run was made
/// @param scale of the latencies
/// @param heading what was measured and how
/// @param caption below the chart, wrapped; empty for none
public record SweepChart(
        @Nullable Sweeping sweeping, Statistic statistic, Scale scale, String heading, String caption, ChartStyle style)
        implements Chart {
    private static final double CAP_SHARE = 0.006;

    @Override
    public void draw(Graphics2D g, Rectangle2D area) {
        var title = heading.isEmpty() ? statistic.title() : statistic.title() + " · " + heading;
        var curves = curves();
        new ChartFrame(style, title, caption, legend(curves)).draw(g, area, plot(curves));
    }

    /// One series over all values.
    record Curve(PlannedSeries series, SeriesLook look, List<Place> points) {}

    /// @param micros of the statistic
    record Place(double value, double micros, Optional<Span> whisker) {}

    /// Those that have a number at any value.
    List<Curve> curves() {
        if (sweeping == null || sweeping.points().isEmpty()) {
            return List.of();
        }
        var series = sweeping.points().getFirst().snapshot().series().stream()
                .map(Snapshot.Series::series)
                .toList();
        var looks = SeriesLook.of(series, style);
        var curves = new ArrayList<Curve>();
        for (int i = 0; i < series.size(); i++) {
            var places = new ArrayList<Place>();
            for (var point : sweeping.points()) {
                var value = statistic.of(point.snapshot().series().get(i).latency());
                if (value != null) {
                    places.add(new Place(point.value(), value, statistic.of(point.intervals(), i)));
                }
            }
            if (!places.isEmpty()) {
                curves.add(new Curve(series.get(i), looks.get(i), places));
            }
        }
        return curves;
    }

    private List<ChartFrame.Entry> legend(List<Curve> curves) {
        var legend = new ArrayList<ChartFrame.Entry>();
        curves.forEach(c -> legend.add(ChartFrame.Entry.of(c.series.title(), c.look)));
        if (curves.stream().flatMap(c -> c.points.stream()).anyMatch(p -> p.whisker.isPresent())) {
            legend.add(ChartFrame.Entry.line("whiskers: 95 of 100 runs", style.muted(), style.line(1)));
        }
        return legend;
    }

    private XYPlot plot(List<Curve> curves) {
        var places = curves.stream().flatMap(c -> c.points.stream()).toList();
        var axis = axis();
        var data = new XYSeriesCollection();
        var lines = new XYLineAndShapeRenderer(true, true);
        for (var curve : curves) {
            int index = data.getSeriesCount();
            var line = new XYSeries(index, true, false);
            curve.points.forEach(p -> line.add(axis.place(p.value), p.micros));
            data.addSeries(line);
            lines.setSeriesPaint(index, curve.look.color(), false);
            lines.setSeriesStroke(index, style.line(1.8), false);
            lines.setSeriesShape(index, curve.look.marker(), false);
        }
        double least = places.stream().mapToDouble(SweepChart::low).min().orElse(10);
        double most = places.stream().mapToDouble(SweepChart::high).max().orElse(1000);
        var plot = new Plots(style).xy(data, axis, scale.axis(least, most, style.size()), lines, nothing());
        curves.forEach(c -> whiskers(plot, axis, c));
        return plot;
    }

    private SweepAxis axis() {
        if (sweeping == null) {
            return new SweepAxis(Sweep.Of.RATE, List.of());
        }
        return new SweepAxis(
                sweeping.of(),
                sweeping.points().stream().map(Sweeping.Point::value).toList());
    }

    private static double low(Place place) {
        return place.whisker.map(Span::low).orElse(place.micros);
    }

    private static double high(Place place) {
        return place.whisker.map(Span::high).orElse(place.micros);
    }

    private void whiskers(XYPlot plot, SweepAxis axis, Curve curve) {
        double cap = axis.getRange().getLength() * CAP_SHARE;
        for (var place : curve.points) {
            if (place.whisker.isEmpty()) {
                continue;
            }
            double x = axis.place(place.value);
            var span = place.whisker.get();
            line(plot, curve.look, x, span.low(), x, span.high());
            line(plot, curve.look, x - cap, span.low(), x + cap, span.low());
            line(plot, curve.look, x - cap, span.high(), x + cap, span.high());
        }
    }

    private void line(XYPlot plot, SeriesLook look, double x1, double y1, double x2, double y2) {
        plot.addAnnotation(new XYLineAnnotation(x1, y1, x2, y2, style.line(1), look.color()), false);
    }

    private String nothing() {
        return sweeping == null
                ? "This is one run. A sweep repeats it over rates, payloads, clients or load and draws a curve."
                : "Numbers come with the first run's end.";
    }
}

package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.ImportedSeries;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.latency.statistics.Intervals;
import dev.wasmscope.engine.latency.statistics.Span;
import dev.wasmscope.engine.spi.Chart;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jspecify.annotations.Nullable;

/// One bar a series on a scale from zero, with its figure and its ratio to TCP of the same target: the chart of
/// redis-module-shm's README (2017).
///
/// @param overlays from other tools
/// @param intervals drawn as whiskers
/// @param heading what was measured and how
/// @param caption below the chart, wrapped; empty for none
public record BarsChart(
        Snapshot snapshot,
        List<ImportedSeries> overlays,
        Intervals intervals,
        Statistic statistic,
        String heading,
        String caption,
        ChartStyle style)
        implements Chart {
    private static final String REFERENCE = "tcp";
    private static final double THICKEST_BAR = 30;
    private static final double FRAME = 70;

    @Override
    public void draw(Graphics2D g, Rectangle2D area) {
        var title = heading.isEmpty() ? statistic.title() : statistic.title() + " · " + heading;
        var bars = bars();
        new ChartFrame(style, title, caption, legend(bars)).draw(g, area, plot(g, area, bars));
    }

    private List<ChartFrame.Entry> legend(List<Bar> bars) {
        return bars.stream().anyMatch(b -> b.whisker.isPresent())
                ? List.of(ChartFrame.Entry.line("whiskers: 95 of 100 runs", style.text(), style.line(1.2)))
                : List.of();
    }

    /// One bar.
    ///
    /// @param value microseconds; null for a series that too few samples support
    /// @param whisker where the value would lie in 95 of 100 runs
    /// @param label stands at its end
    record Bar(
            String name,
            String target,
            SeriesLook look,
            @Nullable Double value,
            Optional<Span> whisker,
            String label) {
        /// How far to the right it reaches, microseconds.
        double end() {
            return Math.max(value == null ? 0 : value, whisker.map(Span::high).orElse(0.0));
        }
    }

    List<Bar> bars() {
        var all = DrawnSeries.of(snapshot, overlays, style);
        var bars = new ArrayList<Bar>();
        for (int i = 0; i < all.size(); i++) {
            var series = all.get(i);
            var value = statistic.of(series.latency());
            // Imports come after the run's own series and have no blocks to draw from.
            var whisker = value == null ? Optional.<Span>empty() : statistic.of(intervals, i);
            bars.add(
                    new Bar(series.title(), series.target(), series.look(), value, whisker, label(all, series, value)));
        }
        return bars;
    }

    private String label(List<DrawnSeries> all, DrawnSeries series, @Nullable Double value) {
        if (value == null) {
            return "too few samples";
        }
        var text = Numbers.withUnit(value);
        if (series.transport().isEmpty() || series.transport().equals(REFERENCE)) {
            return text;
        }
        return all.stream()
                .filter(s -> s.target().equals(series.target()) && s.transport().equals(REFERENCE))
                .map(s -> statistic.of(s.latency()))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .map(reference -> text + "  ·  " + ratio(reference / value))
                .orElse(text);
    }

    private static String ratio(double times) {
        return String.format(
                Locale.ROOT,
                times >= 1 ? "%s× lower than TCP" : "%s× higher than TCP",
                times >= 1 ? digits(times) : digits(1 / times));
    }

    private static String digits(double times) {
        return String.format(Locale.ROOT, times < 9.95 ? "%.2f" : "%.1f", times);
    }

    private CategoryPlot plot(Graphics2D g, Rectangle2D area, List<Bar> bars) {
        var data = new DefaultCategoryDataset();
        var before = "";
        for (int i = 0; i < bars.size(); i++) {
            var target = bars.get(i).target;
            if (i > 0 && !target.equals(before)) {
                data.addValue(null, "", " ".repeat(i));
            }
            before = target;
            // Two imports may have the same name; a category must not.
            data.addValue(bars.get(i).value, "", bars.get(i).name + "\u200b".repeat(i));
        }
        var names = new CategoryAxis();
        var plots = new Plots(style);
        plots.plain(names);
        names.setTickLabelFont(style.font(ChartFrame.TEXT));
        names.setTickLabelPaint(style.text());
        names.setTickLabelInsets(new RectangleInsets(0, 8 * style.size(), 0, 8 * style.size()));
        names.setLowerMargin(0.01);
        names.setUpperMargin(0.01);
        names.setCategoryMargin(0);
        names.setMaximumCategoryLabelWidthRatio(0.5f);
        var values = Scale.LINEAR.axis(0, upper(g, area, bars), style.size());
        plots.plain(values);
        double room = (area.getHeight() - FRAME * style.size()) / Math.max(1, data.getColumnCount());
        var plot = new CategoryPlot(data, names, values, new Bars(bars, style, barShare(room)));
        plots.plain(plot, "Numbers come after the warm-up.");
        names.setVisible(!bars.isEmpty());
        values.setVisible(!bars.isEmpty());
        plot.setRangeGridlinesVisible(!bars.isEmpty());
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
        plot.setRangeGridlinePaint(style.grid());
        plot.setRangeGridlineStroke(style.line(1));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        return plot;
    }

    /// Of its category's room, so that a few bars do not become blocks.
    private double barShare(double room) {
        return Math.clamp(THICKEST_BAR * style.size() / Math.max(1, room), 0.05, 0.72);
    }

    /// Far enough to the right that every bar has its label beside it.
    private double upper(Graphics2D g, Rectangle2D area, List<Bar> bars) {
        var metrics = g.getFontMetrics(style.font(ChartFrame.TEXT));
        int names =
                bars.stream().mapToInt(b -> metrics.stringWidth(b.name)).max().orElse(0);
        double room = Math.max(100, area.getWidth() - names - 60 * style.size());
        double upper = 0;
        for (var bar : bars) {
            if (bar.value != null) {
                double label = metrics.stringWidth(bar.label) + 14 * style.size();
                upper = Math.max(upper, bar.end() / Math.max(0.2, 1 - label / room));
            }
        }
        return upper == 0 ? 1 : upper;
    }
}

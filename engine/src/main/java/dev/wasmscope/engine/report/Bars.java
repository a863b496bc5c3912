package dev.wasmscope.engine.report;

import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.CategoryItemRendererState;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.category.CategoryDataset;

/// Flat bars with a label at their ends.
final class Bars extends BarRenderer {
    private static final long serialVersionUID = 1;

    private final transient List<BarsChart.Bar> bars;
    private final transient ChartStyle style;
    private final double share;

    /// @param share of a category's room that a bar fills
    Bars(List<BarsChart.Bar> bars, ChartStyle style, double share) {
        this.bars = List.copyOf(bars);
        this.style = style;
        this.share = share;
        setBarPainter(new StandardBarPainter());
        setShadowVisible(false);
        setDrawBarOutline(false);
    }

    @Override
    protected void calculateBarWidth(CategoryPlot plot, Rectangle2D area, int index, CategoryItemRendererState state) {
        double room = area.getHeight() / Math.max(1, plot.getDataset().getColumnCount());
        state.setBarWidth(room * share);
    }

    @Override
    protected double calculateBarW0(
            CategoryPlot plot,
            org.jfree.chart.plot.PlotOrientation orientation,
            Rectangle2D area,
            CategoryAxis axis,
            CategoryItemRendererState state,
            int row,
            int column) {
        return axis.getCategoryMiddle(column, plot.getDataset().getColumnCount(), area, plot.getDomainAxisEdge())
                - state.getBarWidth() / 2;
    }

    @Override
    public Paint getItemPaint(int row, int column) {
        return bar(column).look().color();
    }

    @Override
    public void drawItem(
            Graphics2D g,
            CategoryItemRendererState state,
            Rectangle2D area,
            CategoryPlot plot,
            CategoryAxis names,
            ValueAxis values,
            CategoryDataset data,
            int row,
            int column,
            int pass) {
        if (((String) data.getColumnKey(column)).isBlank()) {
            return;
        }
        super.drawItem(g, state, area, plot, names, values, data, row, column, pass);
        var bar = bar(column);
        double end = values.valueToJava2D(bar.end(), area, RectangleEdge.BOTTOM);
        double middle = names.getCategoryMiddle(column, data.getColumnCount(), area, plot.getDomainAxisEdge());
        bar.whisker()
                .ifPresent(span -> whisker(
                        g,
                        values.valueToJava2D(span.low(), area, RectangleEdge.BOTTOM),
                        values.valueToJava2D(span.high(), area, RectangleEdge.BOTTOM),
                        middle));
        g.setFont(style.font(ChartFrame.TEXT));
        g.setPaint(bar.value() == null ? style.muted() : style.text());
        g.drawString(bar.label(), (float) (end + 7 * style.size()), (float) (middle + 4 * style.size()));
    }

    private void whisker(Graphics2D g, double low, double high, double middle) {
        double cap = 4 * style.size();
        var shape = new Path2D.Double();
        for (double end : new double[] {low, high}) {
            shape.moveTo(end, middle - cap);
            shape.lineTo(end, middle + cap);
        }
        shape.moveTo(low, middle);
        shape.lineTo(high, middle);
        // Half of it lies on the bar, whose colour may be near the line's.
        g.setPaint(style.background());
        g.setStroke(style.line(3.4));
        g.draw(shape);
        g.setPaint(style.text());
        g.setStroke(style.line(1.2));
        g.draw(shape);
    }

    /// Gaps between targets are categories, too.
    private BarsChart.Bar bar(int column) {
        var data = getPlot().getDataset();
        var real = new ArrayList<Integer>();
        for (int i = 0; i <= column; i++) {
            if (!((String) data.getColumnKey(i)).isBlank()) {
                real.add(i);
            }
        }
        return bars.get(real.size() - 1);
    }
}

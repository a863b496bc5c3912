package dev.wasmscope.engine.report;

import java.awt.BasicStroke;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeriesCollection;

/// The manner of all charts: no frame, no axis lines, a faint grid.
record Plots(ChartStyle style) {
    /// @param nothing what stands there while there is no data
    XYPlot xy(XYSeriesCollection data, ValueAxis x, ValueAxis y, XYLineAndShapeRenderer lines, String nothing) {
        plain(x);
        plain(y);
        x.setTickLabelInsets(new RectangleInsets(6, 4, 2, 4));
        y.setTickLabelInsets(new RectangleInsets(8, 4, 8, 4));
        var plot = new XYPlot(data, x, y, lines);
        plain(plot, nothing);
        if (!nothing.isEmpty() && isEmpty(data)) {
            x.setVisible(false);
            y.setVisible(false);
            plot.setRangeGridlinesVisible(false);
        }
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(style.grid());
        plot.setRangeGridlineStroke(new BasicStroke((float) style.size()));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        return plot;
    }

    private static boolean isEmpty(XYSeriesCollection data) {
        for (int i = 0; i < data.getSeriesCount(); i++) {
            if (data.getItemCount(i) > 0) {
                return false;
            }
        }
        return true;
    }

    void plain(Plot plot, String nothing) {
        plot.setBackgroundPaint(style.background());
        plot.setOutlineVisible(false);
        plot.setNoDataMessage(nothing);
        plot.setNoDataMessageFont(style.font(ChartFrame.TEXT));
        plot.setNoDataMessagePaint(style.muted());
    }

    void plain(Axis axis) {
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        axis.setMinorTickMarksVisible(false);
        axis.setTickLabelFont(style.font(ChartFrame.TEXT - 1));
        axis.setTickLabelPaint(style.muted());
        axis.setLabelFont(style.font(ChartFrame.TEXT - 1));
        axis.setLabelPaint(style.muted());
    }
}

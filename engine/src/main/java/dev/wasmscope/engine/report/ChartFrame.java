package dev.wasmscope.engine.report;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.ui.RectangleInsets;

/// What stands around the plot: heading, legend, caption.
///
/// @param heading empty for none
/// @param caption below the chart, wrapped; empty for none
record ChartFrame(ChartStyle style, String heading, String caption, List<Entry> legend) {
    static final double TEXT = 11.5;

    private static final double MARGIN = 12;
    private static final double LINE = 17;
    private static final double SAMPLE = 20;
    private static final double GAP = 14;
    private static final double LEAST_PLOT = 40;
    /// Below it a legend of many lanes leaves too little of the plot.
    private static final double LOW = 240;

    private static final int FEW_LANES = 3;

    /// One line of the legend.
    ///
    /// @param marker in the middle of the line, where the series has one
    record Entry(String name, Paint paint, BasicStroke stroke, Optional<Shape> marker) {
        static Entry line(String name, Paint paint, BasicStroke stroke) {
            return new Entry(name, paint, stroke, Optional.empty());
        }

        static Entry of(String name, SeriesLook look) {
            return new Entry(name, look.color(), look.style().line(2), Optional.of(look.marker()));
        }

        boolean lane() {
            return marker.isPresent();
        }

        /// The line with its marker.
        void sample(Graphics2D g, double left, double middle, double length) {
            g.setPaint(paint);
            g.setStroke(stroke);
            g.draw(new Line2D.Double(left, middle, left + length, middle));
            marker.ifPresent(shape -> g.fill(AffineTransform.getTranslateInstance(left + length / 2, middle)
                    .createTransformedShape(shape)));
        }
    }

    /// Draws it with the plot in the middle.
    ///
    /// @return where the data is; empty when there is no room for it
    Rectangle2D draw(Graphics2D g, Rectangle2D area, Plot plot) {
        var rest = (crowded(area) ? withoutLanes() : this).draw(g, area);
        if (rest.getHeight() < LEAST_PLOT * style.size()) {
            return new Rectangle2D.Double();
        }
        var chart = new JFreeChart(null, style.font(TEXT), plot, false);
        chart.setBackgroundPaint(style.background());
        chart.setPadding(new RectangleInsets(2, 6, 2, MARGIN * style.size()));
        var info = new ChartRenderingInfo(null);
        chart.draw(g, rest, info);
        return info.getPlotInfo().getDataArea();
    }

    private boolean crowded(Rectangle2D area) {
        return style.sparse()
                && area.getHeight() < scaled(LOW)
                && legend.stream().filter(Entry::lane).count() > FEW_LANES;
    }

    private ChartFrame withoutLanes() {
        var others = legend.stream().filter(entry -> !entry.lane()).toList();
        return new ChartFrame(style, heading, caption, others);
    }

    private Rectangle2D draw(Graphics2D g, Rectangle2D area) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setPaint(style.background());
        g.fill(area);
        g.setFont(style.font(TEXT));
        double top = area.getY() + header(g, area);
        double bottom = area.getMaxY() - caption(g, area);
        return new Rectangle2D.Double(area.getX(), top, area.getWidth(), Math.max(0, bottom - top));
    }

    private double scaled(double length) {
        return length * style.size();
    }

    /// Heading to the left, legend to the right; in two lines where one is too short.
    private double header(Graphics2D g, Rectangle2D area) {
        double margin = scaled(MARGIN);
        double y = area.getY() + margin + scaled(6);
        double wanted = legendWidth(g);
        double title = heading.isEmpty() ? 0 : width(g, heading);
        boolean oneLine = title + wanted + 3 * margin <= area.getWidth();
        g.setPaint(style.text());
        if (title > 0) {
            var lines = wrapped(g, heading, area.getWidth() - 2 * margin);
            for (int i = 0; i < lines.size(); i++) {
                y += i == 0 ? 0 : scaled(LINE);
                text(g, lines.get(i), area.getX() + margin, y);
            }
        }
        if (!oneLine && title > 0 && !legend.isEmpty()) {
            y += scaled(LINE);
        }
        y = legend(g, area, oneLine ? area.getMaxX() - margin - wanted : area.getX() + margin, y);
        return y - area.getY() + scaled(6);
    }

    private double legendWidth(Graphics2D g) {
        double width = -scaled(GAP);
        for (var entry : legend) {
            width += width(g, entry);
        }
        return width;
    }

    private double width(Graphics2D g, Entry entry) {
        return scaled(SAMPLE + 5 + GAP) + width(g, entry.name);
    }

    /// Goes on in a further line where there is no room.
    ///
    /// @return the base line of its last line
    private double legend(Graphics2D g, Rectangle2D area, double left, double top) {
        double x = left;
        double y = top;
        for (var entry : legend) {
            if (x > left && x + width(g, entry) - scaled(GAP) > area.getMaxX() - scaled(MARGIN) + 1) {
                x = area.getX() + scaled(MARGIN);
                y += scaled(LINE);
            }
            entry.sample(g, x, y - scaled(4), scaled(SAMPLE));
            g.setPaint(style.muted());
            text(g, entry.name, x + scaled(SAMPLE + 5), y);
            x += width(g, entry);
        }
        return y;
    }

    private double caption(Graphics2D g, Rectangle2D area) {
        if (caption.isEmpty()) {
            return scaled(4);
        }
        g.setFont(style.font(TEXT - 1.5));
        var lines = wrapped(g, caption, area.getWidth() - 2 * scaled(MARGIN));
        g.setPaint(style.muted());
        double step = scaled(LINE - 2);
        double y = area.getMaxY() - scaled(MARGIN) - (lines.size() - 1) * step;
        for (var line : lines) {
            text(g, line, area.getX() + scaled(MARGIN), y);
            y += step;
        }
        return lines.size() * step + scaled(MARGIN);
    }

    private static List<String> wrapped(Graphics2D g, String text, double width) {
        var lines = new ArrayList<String>();
        var line = "";
        for (var word : text.split(" ", -1)) {
            var longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && width(g, longer) > width) {
                lines.add(line);
                line = word;
            } else {
                line = longer;
            }
        }
        lines.add(line);
        return lines;
    }

    private static double width(Graphics2D g, String text) {
        return g.getFontMetrics().stringWidth(text);
    }

    private static void text(Graphics2D g, String text, double x, double y) {
        g.drawString(text, (float) x, (float) y);
    }
}

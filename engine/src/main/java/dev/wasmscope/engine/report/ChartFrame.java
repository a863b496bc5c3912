package dev.wasmscope.engine.report;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/// What stands around the plot: heading, legend, caption.
final class ChartFrame {
    private static final double MARGIN = 12;
    private static final double LINE = 17;
    private static final double SAMPLE = 18;
    private static final double GAP = 14;

    private final LatencyChart chart;
    private final Graphics2D g;
    private final Rectangle2D area;
    private final Font font;

    ChartFrame(LatencyChart chart, Graphics2D g, Rectangle2D area, Font font) {
        this.chart = chart;
        this.g = g;
        this.area = area;
        this.font = font;
    }

    /// Draws it.
    ///
    /// @return what is left for the plot
    Rectangle2D draw() {
        g.setFont(font);
        double top = area.getY() + header();
        double bottom = area.getMaxY() - caption();
        return new Rectangle2D.Double(area.getX(), top, area.getWidth(), Math.max(0, bottom - top));
    }

    /// Heading to the left, legend to the right; in two lines where one is too short.
    private double header() {
        double y = area.getY() + MARGIN + 6;
        double legend = legendWidth();
        double heading = chart.heading().isEmpty() ? 0 : width(chart.heading());
        boolean oneLine = heading + legend + 3 * MARGIN <= area.getWidth();
        g.setPaint(chart.style().text());
        if (heading > 0) {
            text(chart.heading(), area.getX() + MARGIN, y);
        }
        if (!oneLine && heading > 0) {
            y += LINE;
        }
        y = legend(oneLine ? area.getMaxX() - MARGIN - legend : area.getX() + MARGIN, y);
        return y - area.getY() + 6;
    }

    private double legendWidth() {
        double width = -GAP;
        for (var entry : entries()) {
            width += SAMPLE + 5 + width(entry.name) + GAP;
        }
        return width;
    }

    /// Goes on in a further line where there is no room.
    ///
    /// @return the base line of its last line
    private double legend(double left, double top) {
        double x = left;
        double y = top;
        for (var entry : entries()) {
            if (x > left && x + SAMPLE + 5 + width(entry.name) > area.getMaxX() - MARGIN + 1) {
                x = area.getX() + MARGIN;
                y += LINE;
            }
            g.setPaint(entry.paint);
            g.setStroke(entry.stroke);
            g.draw(new Line2D.Double(x, y - 4, x + SAMPLE, y - 4));
            g.setPaint(chart.style().muted());
            text(entry.name, x + SAMPLE + 5, y);
            x += SAMPLE + 5 + width(entry.name) + GAP;
        }
        return y;
    }

    private List<Entry> entries() {
        var style = chart.style();
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < chart.snapshot().series().size(); i++) {
            entries.add(new Entry(
                    chart.snapshot().series().get(i).series().title(),
                    style.color(i),
                    new BasicStroke(2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)));
        }
        entries.add(new Entry("p50", style.muted(), style.solid()));
        entries.add(new Entry("p99", style.muted(), style.dashed(0)));
        return entries;
    }

    private double caption() {
        if (chart.caption().isEmpty()) {
            return 4;
        }
        g.setFont(font.deriveFont(font.getSize2D() - 1.5f));
        var lines = wrapped(chart.caption(), area.getWidth() - 2 * MARGIN);
        g.setPaint(chart.style().muted());
        double y = area.getMaxY() - MARGIN - (lines.size() - 1) * (LINE - 2);
        for (var line : lines) {
            text(line, area.getX() + MARGIN, y);
            y += LINE - 2;
        }
        return lines.size() * (LINE - 2) + MARGIN;
    }

    private List<String> wrapped(String text, double width) {
        var lines = new ArrayList<String>();
        var line = "";
        for (var word : text.split(" ", -1)) {
            var longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && width(longer) > width) {
                lines.add(line);
                line = word;
            } else {
                line = longer;
            }
        }
        lines.add(line);
        return lines;
    }

    private double width(String text) {
        return g.getFontMetrics().stringWidth(text);
    }

    private void text(String text, double x, double y) {
        g.drawString(text, (float) x, (float) y);
    }

    private record Entry(String name, Paint paint, BasicStroke stroke) {}
}

package dev.wasmscope.views.latency;

import dev.wasmscope.engine.report.PercentileChart;
import dev.wasmscope.engine.spi.Chart;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// Draws the same chart that is exported, as large as there is room. Over percentiles a line follows the mouse, or
/// the arrow keys, and names what every series has there.
final class ChartPane extends Region {
    private static final Bounds NOWHERE = new BoundingBox(0, 0, 0, 0);
    private static final double KEY_STEP = 0.05;

    private final ChartPicture picture = new ChartPicture();
    private final ReadingsBox readings = new ReadingsBox();
    private final Region cursor = new Region();
    private @Nullable Chart chart;
    private double drawnWidth;
    private double drawnHeight;
    private Bounds data = NOWHERE;
    /// Of the axis, from its left end; below 0 for none.
    private double at = -1;

    ChartPane() {
        setId("latency-chart");
        getStyleClass().add("latency-chart");
        setAccessibleText("Chart of latencies");
        cursor.getStyleClass().add("latency-cursor");
        cursor.setMouseTransparent(true);
        cursor.setManaged(false);
        getChildren().addAll(picture, cursor, readings);
        setMinSize(0, 0);
        setFocusTraversable(true);
        setOnMouseMoved(event -> point(data.getWidth() == 0 ? -1 : (event.getX() - data.getMinX()) / data.getWidth()));
        setOnMouseExited(_ -> point(-1));
        setOnMousePressed(_ -> requestFocus());
        setOnKeyPressed(this::move);
        point(-1);
    }

    void show(Chart changed) {
        chart = changed;
        draw();
    }

    /// What the box says: a line a series, the percentile above; empty while it is hidden.
    String readingsText() {
        return readings.isVisible() ? readings.text() : "";
    }

    @Override
    protected void layoutChildren() {
        if (drawnWidth != getWidth() || drawnHeight != getHeight()) {
            draw();
        }
    }

    private void draw() {
        var shown = chart;
        drawnWidth = getWidth();
        drawnHeight = getHeight();
        if (shown != null && drawnWidth > 0 && drawnHeight > 0) {
            var drawn = picture.draw(
                    drawnWidth,
                    drawnHeight,
                    ChartPicture.scale(this),
                    (g, area) -> shown instanceof PercentileChart percentiles
                            ? percentiles.drawn(g, area)
                            : ChartPicture.nowhere(shown, g, area));
            data = new BoundingBox(drawn.getX(), drawn.getY(), drawn.getWidth(), drawn.getHeight());
            point(at);
        }
    }

    private void move(KeyEvent event) {
        double step = event.getCode() == KeyCode.RIGHT ? KEY_STEP : event.getCode() == KeyCode.LEFT ? -KEY_STEP : 0;
        if (step != 0 && data.getWidth() > 0) {
            event.consume();
            point(at < 0 ? 0.5 : Math.clamp(at + step, 0, 1));
        } else if (event.getCode() == KeyCode.ESCAPE && at >= 0) {
            event.consume();
            point(-1);
        }
    }

    private void point(double place) {
        at = place >= 0 && place <= 1 ? place : -1;
        boolean shown = at >= 0 && data.getWidth() > 0 && chart instanceof PercentileChart;
        readings.setVisible(false);
        cursor.setVisible(shown);
        if (shown && chart instanceof PercentileChart percentiles) {
            double x = data.getMinX() + at * data.getWidth();
            cursor.resizeRelocate(Math.rint(x), data.getMinY(), 1, data.getHeight());
            var found = percentiles.at(at * percentiles.nines());
            if (!found.series().isEmpty()) {
                readings.show(found);
                readings.place(x, data, getWidth(), getHeight());
            }
        }
    }
}

package dev.wasmscope.views.latency;

import dev.wasmscope.engine.spi.Chart;
import java.awt.geom.Rectangle2D;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;
import org.jfree.fx.FXGraphics2D;
import org.jspecify.annotations.Nullable;

/// Draws the same chart that is exported, as large as there is room.
final class ChartCanvas extends Region {
    private final Canvas canvas = new Canvas();
    private final FXGraphics2D graphics = new FXGraphics2D(canvas.getGraphicsContext2D());
    private @Nullable Chart chart;

    ChartCanvas() {
        setId("latency-chart");
        getStyleClass().add("latency-chart");
        getChildren().add(canvas);
        setMinSize(0, 0);
    }

    void show(Chart changed) {
        chart = changed;
        draw();
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            draw();
        }
    }

    private void draw() {
        if (chart != null && canvas.getWidth() > 0 && canvas.getHeight() > 0) {
            canvas.getGraphicsContext2D().clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
            chart.draw(graphics, new Rectangle2D.Double(0, 0, canvas.getWidth(), canvas.getHeight()));
        }
    }
}

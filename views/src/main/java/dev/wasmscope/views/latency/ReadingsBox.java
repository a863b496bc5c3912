package dev.wasmscope.views.latency;

import dev.wasmscope.engine.report.Numbers;
import dev.wasmscope.engine.report.PercentileChart;
import java.util.stream.Collectors;
import javafx.geometry.Bounds;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;

/// What every series has at one percentile, beside the line that points there.
final class ReadingsBox extends GridPane {
    private static final double GAP = 10;

    private PercentileChart.Readings shown = new PercentileChart.Readings("", java.util.List.of());

    ReadingsBox() {
        setId("latency-readings");
        getStyleClass().add("latency-readings");
        setMouseTransparent(true);
        setManaged(false);
        setVisible(false);
        var values = new ColumnConstraints();
        values.setHalignment(HPos.RIGHT);
        getColumnConstraints().addAll(new ColumnConstraints(), new ColumnConstraints(), values);
    }

    void show(PercentileChart.Readings readings) {
        if (!readings.equals(shown)) {
            shown = readings;
            getChildren().clear();
            add(label(readings.percentile(), "strong"), 0, 0, 3, 1);
            for (int i = 0; i < readings.series().size(); i++) {
                var reading = readings.series().get(i);
                var c = reading.color();
                add(new Rectangle(9, 9, Color.rgb(c.getRed(), c.getGreen(), c.getBlue())), 0, i + 1);
                add(label(reading.title(), "muted"), 1, i + 1);
                add(label(value(reading), reading.weak() ? "dim" : "mono"), 2, i + 1);
            }
        }
        setVisible(true);
    }

    String text() {
        return shown.percentile()
                + shown.series().stream()
                        .map(r -> "\n" + r.title() + " " + value(r))
                        .collect(Collectors.joining());
    }

    /// Beside the line, on the side where there is room.
    void place(double x, Bounds data, double width, double height) {
        applyCss();
        double w = prefWidth(-1);
        double h = prefHeight(w);
        double left = x + GAP + w <= width ? x + GAP : x - GAP - w;
        resizeRelocate(
                Math.rint(Math.max(0, left)),
                Math.rint(Math.clamp(data.getMinY() + 4, 0, Math.max(0, height - h))),
                w,
                h);
    }

    private static String value(PercentileChart.Reading reading) {
        return Numbers.withUnit(reading.micros()) + (reading.weak() ? ", weak" : "");
    }

    private static Label label(String text, String style) {
        var label = new Label(text);
        label.getStyleClass().add(style);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }
}

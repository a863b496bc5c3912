package dev.wasmscope.views.latency;

import dev.wasmscope.engine.report.ChartKind;
import dev.wasmscope.engine.report.Scale;
import dev.wasmscope.engine.report.Statistic;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.control.Segments;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.scene.Node;
import javafx.scene.layout.HBox;

/// Which drawing is shown, and what of it can be turned.
final class ChartRow {
    private ChartRow() {}

    /// @param more at the right end
    static HBox of(ChartModel chart, Node... more) {
        var kinds = segments("latency-kinds", List.of(ChartKind.values()), ChartKind::title, chart.kindProperty());
        var minutes = segments("latency-minutes", List.of(1, 5, 15), m -> m + " m", chart.minutesProperty());
        var scale = segments(
                "latency-scale",
                List.of(Scale.values()),
                s -> s == Scale.LOG ? "Log" : "Linear",
                chart.scaleProperty());
        var statistic =
                segments("latency-statistic", List.of(Statistic.values()), Statistic::id, chart.statisticProperty());
        onlyFor(minutes, chart, ChartKind.TIME);
        onlyFor(scale, chart, ChartKind.PERCENTILES, ChartKind.SENDS, ChartKind.SWEEP);
        onlyFor(statistic, chart, ChartKind.BARS, ChartKind.SWEEP);
        var row = Parts.toolRow(kinds, Parts.spacer(), minutes, scale, statistic);
        row.getChildren().addAll(more);
        row.getStyleClass().addAll("latency-tools", "latency-chart-row");
        return row;
    }

    private static <T> Segments<T> segments(
            String id, List<T> choices, java.util.function.Function<T, String> title, ObjectProperty<T> value) {
        var segments = new Segments<>(choices, title);
        segments.setId(id);
        segments.valueProperty().bindBidirectional(value);
        return segments;
    }

    private static void onlyFor(Node node, ChartModel chart, ChartKind... kinds) {
        node.visibleProperty().bind(chart.kindProperty().map(List.of(kinds)::contains));
        node.managedProperty().bind(node.visibleProperty());
    }
}

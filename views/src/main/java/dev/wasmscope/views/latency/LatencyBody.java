package dev.wasmscope.views.latency;

import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.layout.Region;

/// Chart and numbers in whatever room there is: below each other, beside each other, or one in the other's place.
final class LatencyBody extends Region {
    private static final double SMALLEST_CHART_HEIGHT = 190;
    private static final double SMALLEST_CHART_WIDTH = 330;
    /// What a chart has before the rarer numbers get a place beside it.
    private static final double EASY_CHART_WIDTH = 520;

    private final ChartPane chart;
    private final PercentileTable table;
    private final BooleanProperty numbers = new SimpleBooleanProperty(true);

    LatencyBody(ChartPane chart, PercentileTable table) {
        this.chart = chart;
        this.table = table;
        getStyleClass().add("latency-body");
        setMinSize(0, 0);
        // Placed here alone, and as large as there is room: a number that changes is laid out in the table and not in
        // the whole window.
        chart.setManaged(false);
        table.setManaged(false);
        getChildren().addAll(chart, table);
        numbers.subscribe(this::requestLayout);
        table.getItems().addListener((Observable _) -> requestLayout());
    }

    /// Whether the numbers are shown.
    BooleanProperty numbersProperty() {
        return numbers;
    }

    @Override
    protected void layoutChildren() {
        double w = getWidth();
        double h = getHeight();
        double tableHeight = table.wantedHeight();
        boolean below = h >= SMALLEST_CHART_HEIGHT + tableHeight;
        double side = w - SMALLEST_CHART_WIDTH;
        boolean beside = !below && side >= PercentileTable.Extent.FEW.width();
        table.setVisible(numbers.get());
        chart.setVisible(!numbers.get() || below || beside);
        if (!numbers.get()) {
            chart.resizeRelocate(0, 0, w, h);
        } else if (below) {
            table.show(all(w));
            chart.resizeRelocate(0, 0, w, h - tableHeight);
            table.resizeRelocate(0, h - tableHeight, w, tableHeight);
        } else if (beside) {
            var extent = w - EASY_CHART_WIDTH >= PercentileTable.Extent.MORE.width()
                    ? PercentileTable.Extent.MORE
                    : PercentileTable.Extent.FEW;
            table.show(extent);
            chart.resizeRelocate(0, 0, w - extent.width(), h);
            table.resizeRelocate(w - extent.width(), 0, extent.width(), h);
        } else {
            table.show(all(w));
            table.resizeRelocate(0, 0, w, h);
        }
    }

    private static PercentileTable.Extent all(double width) {
        return width >= PercentileTable.Extent.COST.width() ? PercentileTable.Extent.COST : PercentileTable.Extent.ALL;
    }
}

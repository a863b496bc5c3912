package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.PercentileRow;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.report.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;

/// The numbers of every lane, in microseconds.
final class PercentileTable extends TableView<PercentileTable.Row> {
    /// @param name of the lane, or of its second line
    record Row(String name, PercentileRow numbers) {}

    /// Which columns there is room for.
    enum Extent {
        FEW(110 + 68 + 84),
        MORE(110 + 68 + 84 + 84 + 92),
        ALL(110 + 92 + 64 + 68 + 68 + 84 + 84 + 84 + 92 + 68);

        private final double columns;

        Extent(double columns) {
            this.columns = columns;
        }

        /// With the border.
        double width() {
            return columns + 2;
        }
    }

    private static final double HEAD = 28;
    private static final double ROW = 25;
    private static final int USUAL_LANES = 4;

    private final List<TableColumn<Row, String>> notInFew;
    private final List<TableColumn<Row, String>> onlyInAll;

    PercentileTable() {
        setId("latency-table");
        getStyleClass().add("latency-table");
        setPlaceholder(new Label("Numbers come after the warm-up."));
        setTooltip(new Tooltip("Microseconds. A dash: fewer than ten samples lie above that percentile."));
        var samples = number("samples", 92, r -> String.format(Locale.ROOT, "%,d", r.samples()));
        var min = number("min", 64, r -> Numbers.micros(r.min()));
        var p90 = number("p90", 68, r -> Numbers.micros(r.p90()));
        var p999 = number("p99.9", 84, r -> Numbers.micros(r.p999()));
        var p9999 = number("p99.99", 84, r -> Numbers.micros(r.p9999()));
        var max = number("max", 92, r -> Numbers.micros(r.max()));
        var mean = number("mean", 68, r -> Numbers.micros(r.mean()));
        notInFew = List.of(p999, max);
        onlyInAll = List.of(samples, min, p90, p9999, mean);
        getColumns()
                .setAll(List.of(
                        lane(),
                        samples,
                        min,
                        number("p50", 68, r -> Numbers.micros(r.p50())),
                        p90,
                        number("p99", 84, r -> Numbers.micros(r.p99())),
                        p999,
                        p9999,
                        max,
                        mean));
        getColumns().forEach(c -> {
            c.setSortable(false);
            c.setReorderable(false);
        });
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
    }

    /// For all lanes, or for four before there are any.
    double wantedHeight() {
        return HEAD + Math.max(USUAL_LANES, getItems().size()) * ROW + 2;
    }

    void show(Extent extent) {
        notInFew.forEach(c -> c.setVisible(extent != Extent.FEW));
        onlyInAll.forEach(c -> c.setVisible(extent == Extent.ALL));
    }

    void show(Snapshot snapshot) {
        var rows = snapshot.series().stream()
                .filter(s -> s.latency().samples() > 0)
                .map(s -> new Row(s.series().title(), s.latency().row()))
                .toList();
        if (!rows.equals(getItems())) {
            getItems().setAll(rows);
        }
    }

    private static TableColumn<Row, String> lane() {
        var column = new TableColumn<Row, String>("µs");
        column.setPrefWidth(110);
        column.setCellValueFactory(c -> new ReadOnlyStringWrapper(c.getValue().name()));
        return column;
    }

    private static TableColumn<Row, String> number(String title, double width, Function<PercentileRow, String> text) {
        var column = new TableColumn<Row, String>(title);
        column.setPrefWidth(width);
        column.getStyleClass().add("number");
        column.setCellValueFactory(
                c -> new ReadOnlyStringWrapper(text.apply(c.getValue().numbers())));
        return column;
    }
}

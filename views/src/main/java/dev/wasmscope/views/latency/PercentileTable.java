package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.CpuUse;
import dev.wasmscope.engine.latency.ImportedSeries;
import dev.wasmscope.engine.latency.PercentileRow;
import dev.wasmscope.engine.latency.Snapshot;
import dev.wasmscope.engine.report.ChartStyle;
import dev.wasmscope.engine.report.LaneMark;
import dev.wasmscope.engine.report.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/// The numbers of every lane, in microseconds.
final class PercentileTable extends TableView<PercentileTable.Row> {
    /// A lane, whose figures change while its row stays: rows that are replaced are styled and laid out anew.
    ///
    /// @param name of the lane, or of what was laid over it
    /// @param mark how charts draw it; null for what none draws
    record Row(String name, @Nullable LaneMark mark, ObjectProperty<Figures> figures) {
        boolean isOf(Row other) {
            return name.equals(other.name) && Objects.equals(mark, other.mark);
        }
    }

    /// @param cpu null where nothing is known of it
    record Figures(PercentileRow numbers, @Nullable CpuUse cpu) {}

    /// Which columns there is room for.
    enum Extent {
        FEW(NAME + 68 + 84),
        MORE(NAME + 68 + 84 + 84 + 92),
        ALL(NAME + 92 + 64 + 68 + 68 + 84 + 84 + 84 + 92 + 68),
        /// With what an operation costs.
        COST(NAME + 92 + 64 + 68 + 68 + 84 + 84 + 84 + 92 + 68 + 84 + 84);

        private final double columns;

        Extent(double columns) {
            this.columns = columns;
        }

        /// With the border.
        double width() {
            return columns + 2;
        }
    }

    private static final double NAME = 134;
    private static final double MARK_WIDTH = 18;
    private static final double MARK_HEIGHT = 12;
    private static final double HEAD = 28;
    private static final double ROW = 25;
    private static final int USUAL_LANES = 4;

    private final List<TableColumn<Row, String>> notInFew;
    private final List<TableColumn<Row, String>> onlyInAll;
    private final List<TableColumn<Row, String>> cost;

    PercentileTable() {
        setId("latency-table");
        getStyleClass().add("latency-table");
        setPlaceholder(new Label("Numbers come after the warm-up."));
        setTooltip(new Tooltip("Microseconds. A dash: fewer than ten samples lie above that percentile.\n"
                + "CPU: milliseconds of processor per 1,000 operations, of the client and of the server."));
        var samples = number("samples", 92, r -> String.format(Locale.ROOT, "%,d", r.samples()));
        var min = number("min", 64, r -> Numbers.micros(r.min()));
        var p90 = number("p90", 68, r -> Numbers.micros(r.p90()));
        var p999 = number("p99.9", 84, r -> Numbers.micros(r.p999()));
        var p9999 = number("p99.99", 84, r -> Numbers.micros(r.p9999()));
        var max = number("max", 92, r -> Numbers.micros(r.max()));
        var mean = number("mean", 68, r -> Numbers.micros(r.mean()));
        notInFew = List.of(p999, max);
        var client = text(
                "CPU client", 84, r -> millis(r.cpu() == null ? null : r.cpu().client()));
        var server = text(
                "CPU server", 84, r -> millis(r.cpu() == null ? null : r.cpu().server()));
        onlyInAll = List.of(samples, min, p90, p9999, mean);
        cost = List.of(client, server);
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
                        mean,
                        client,
                        server));
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
        onlyInAll.forEach(c -> c.setVisible(extent == Extent.ALL || extent == Extent.COST));
        cost.forEach(c -> c.setVisible(extent == Extent.COST));
    }

    void show(Snapshot snapshot, List<ImportedSeries> overlays, ChartStyle style) {
        var marks = LaneMark.of(snapshot, overlays, style);
        var rows = Stream.concat(
                        snapshot.series().stream()
                                .filter(s -> s.latency().samples() > 0)
                                .map(s -> row(
                                        s.series().title(),
                                        marks,
                                        new Figures(s.latency().row(), s.cpu()))),
                        overlays.stream()
                                .map(o -> row(
                                        o.title(),
                                        marks,
                                        new Figures(o.latency().row(), null))))
                .toList();
        if (alike(rows, getItems())) {
            for (int i = 0; i < rows.size(); i++) {
                getItems().get(i).figures.set(rows.get(i).figures.get());
            }
        } else {
            getItems().setAll(rows);
        }
    }

    private static Row row(String name, Map<String, LaneMark> marks, Figures figures) {
        return new Row(name, marks.get(name), new SimpleObjectProperty<>(figures));
    }

    private static boolean alike(List<Row> now, List<Row> before) {
        return now.size() == before.size()
                && IntStream.range(0, now.size()).allMatch(i -> now.get(i).isOf(before.get(i)));
    }

    private static TableColumn<Row, String> lane() {
        var column = new TableColumn<Row, String>("µs");
        column.setPrefWidth(NAME);
        column.setCellValueFactory(c -> new ReadOnlyStringWrapper(c.getValue().name()));
        column.setCellFactory(_ -> new NameCell());
        return column;
    }

    /// The chart's mark before the name: beside a low chart it is the legend.
    private static final class NameCell extends TableCell<Row, String> {
        private @Nullable LaneMark drawn;

        @Override
        protected void updateItem(@Nullable String name, boolean empty) {
            super.updateItem(name, empty);
            var row = empty || getTableRow() == null ? null : getTableRow().getItem();
            setText(empty ? null : name);
            var mark = row == null ? null : row.mark();
            if (!Objects.equals(mark, drawn)) {
                drawn = mark;
                setGraphic(mark == null ? null : picture(mark));
            }
        }

        private ChartPicture picture(LaneMark mark) {
            var picture = new ChartPicture();
            picture.draw(
                    MARK_WIDTH,
                    MARK_HEIGHT,
                    ChartPicture.scale(this),
                    (g, area) -> ChartPicture.nowhere(mark, g, area));
            return picture;
        }
    }

    private static String millis(@Nullable Double seconds) {
        return Numbers.micros(seconds == null ? null : seconds * 1000);
    }

    private static TableColumn<Row, String> number(String title, double width, Function<PercentileRow, String> text) {
        return text(title, width, figures -> text.apply(figures.numbers()));
    }

    private static TableColumn<Row, String> text(String title, double width, Function<Figures, String> text) {
        var column = new TableColumn<Row, String>(title);
        column.setPrefWidth(width);
        column.getStyleClass().add("number");
        column.setCellValueFactory(c -> c.getValue().figures().map(text));
        return column;
    }
}

package dev.wasmscope.views.trace;

import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.control.Columns;
import dev.wasmscope.views.control.Copying;
import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.FilterField;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Lookout;
import dev.wasmscope.views.control.Parts;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/// The table of WASI calls with its switch and filter.
final class TraceView extends BorderPane {
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    private static final PseudoClass ENDED = PseudoClass.getPseudoClass("ended");

    private final TraceViewModel model;
    private final TableView<CallRow> table = new TableView<>();
    private final ContextMenu menu = new ContextMenu();

    TraceView(TraceViewModel model, Background background) {
        this.model = model;
        getStyleClass().add("trace-view");
        getStylesheets()
                .add(Objects.requireNonNull(TraceView.class.getResource("trace.css"))
                        .toExternalForm());
        setTop(toolBar());
        setCenter(table());
        Lookout.keep(this, background, Duration.ofMillis(100), model.tracedProperty(), model::poll);
    }

    void focusTable() {
        table.requestFocus();
    }

    private HBox toolBar() {
        var trace = toggle("Trace", Icons.record(), "Write down the WASI calls of this module", "trace-on");
        trace.disableProperty().bind(model.possibleProperty().not());
        model.tracedProperty().subscribe(trace::setSelected);
        trace.setOnAction(_ -> model.trace(trace.isSelected()));
        var filter = new FilterField("Filter by function, path, result");
        filter.setId("trace-filter");
        filter.textProperty().bindBidirectional(model.filterProperty());
        filter.leadInto(table);
        HBox.setHgrow(filter, Priority.ALWAYS);
        filter.setMaxWidth(300);
        var count = Parts.label("", "dim");
        count.setId("trace-count");
        count.textProperty().bind(Bindings.createStringBinding(model::countText, model.rows(), model.stateProperty()));
        var follow = toggle("", Icons.follow(), "Keep the newest call in sight", "trace-follow");
        follow.selectedProperty().bindBidirectional(model.followProperty());
        var copy = Parts.iconButton(
                Icons.copy(), "Copy the whole table as tab-separated text", () -> copy(table.getItems()));
        copy.setId("trace-copy");
        var clear = Parts.iconButton(Icons.delete(), "Clear the table", model::clear);
        clear.setId("trace-clear");
        return Parts.toolRow(trace, filter, count, Parts.spacer(), follow, copy, clear);
    }

    private static ToggleButton toggle(String text, Node icon, String tip, String id) {
        var toggle = new ToggleButton(text, icon);
        toggle.setId(id);
        toggle.getStyleClass().add(text.isEmpty() ? "icon-toggle" : "text-toggle");
        toggle.setMinWidth(USE_PREF_SIZE);
        toggle.setTooltip(new Tooltip(tip));
        toggle.setAccessibleText(tip);
        return toggle;
    }

    private TableView<CallRow> table() {
        table.setId("trace-table");
        var number = column("#", 42, row -> row.call().number(), "number");
        var function = column("Function", 132, row -> row.call().function(), "mono");
        var result = column("Result", 84, CallRow::result, "call-result");
        var arguments = column("Arguments", 200, row -> row, "arguments");
        arguments.setCellFactory(_ -> new ArgumentsCell(model::open));
        arguments.setComparator(Comparator.comparing(CallRow::arguments));
        var bytes = numeric("Bytes", 54, row -> row.call().moved(), CallRow::bytes);
        var took = numeric("Time", 70, row -> row.call().nanos(), CallRow::took);
        table.getColumns().setAll(List.of(number, function, result, arguments, bytes, took));
        Columns.takesTheRest(table, arguments);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        var sorted = new SortedList<>(model.rows());
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.setRowFactory(_ -> row());
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        sorted.addListener((ListChangeListener<CallRow>) _ -> keepNewestInSight());
        model.followProperty().subscribe(_ -> keepNewestInSight());
        model.stateProperty().subscribe(state -> table.setPlaceholder(placeholder(state)));
        return table;
    }

    private void keepNewestInSight() {
        if (model.followProperty().get()
                && table.getSortOrder().isEmpty()
                && !table.getItems().isEmpty()) {
            table.scrollTo(table.getItems().size() - 1);
        }
    }

    private EmptyState placeholder(TraceState state) {
        return switch (state) {
            case TraceState.NoModule _ ->
                new EmptyState(Icons.hostCalls(), "No module open", "Open a module to see what it asks of its host.");
            case TraceState.NotNeeded(var module) ->
                new EmptyState(
                        Icons.hostCalls(),
                        "Nothing to trace",
                        module
                                + " imports no function of WASI. Calls of functions that you define in Host stand here, too.");
            case TraceState.Off(var module) ->
                new EmptyState(
                                Icons.hostCalls(),
                                "WASI calls are not traced",
                                "Traced, every call that %s makes stands here with its arguments, result and time."
                                        .formatted(module))
                        .withAction("Trace " + module, () -> model.trace(true));
            case TraceState.Waiting(var module) ->
                new EmptyState(Icons.hostCalls(), "No call yet", "Call a function of %s in Invoke.".formatted(module));
            case TraceState.Calls _ ->
                new EmptyState(Icons.hostCalls(), "No call matches", "Escape in the filter shows all of them again.");
        };
    }

    private TableRow<CallRow> row() {
        var row = new TableRow<CallRow>() {
            @Override
            protected void updateItem(@Nullable CallRow item, boolean empty) {
                super.updateItem(item, empty);
                pseudoClassStateChanged(BAD, item != null && item.bad());
                pseudoClassStateChanged(ENDED, item != null && item.ended());
            }
        };
        row.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2 && !row.isEmpty()) {
                openFirst(row.getItem());
            }
        });
        row.setOnContextMenuRequested(event -> {
            if (!row.isEmpty()) {
                fill(row.getItem());
                menu.show(row, event.getScreenX(), event.getScreenY());
                event.consume();
            }
        });
        return row;
    }

    private void fill(CallRow row) {
        menu.getItems().clear();
        for (var pointer : row.pointers()) {
            menu.getItems().add(item(pointer.title(), () -> model.open(pointer)));
        }
        menu.getItems().add(item("Copy", this::copyChosen));
    }

    private static MenuItem item(String text, Runnable action) {
        var item = new MenuItem(text);
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private void openFirst(CallRow row) {
        row.pointers().stream().findFirst().ifPresent(model::open);
    }

    private void key(KeyEvent event) {
        var chosen = table.getSelectionModel().getSelectedItem();
        if (Copying.KEY.match(event)) {
            copyChosen();
        } else if (event.getCode() == KeyCode.ENTER && chosen != null) {
            openFirst(chosen);
        } else {
            if (event.getCode().isNavigationKey()) {
                // Who walks through the table wants it to stay where it is.
                model.followProperty().set(false);
            }
            return;
        }
        event.consume();
    }

    private void copyChosen() {
        var chosen = table.getSelectionModel().getSelectedItems();
        copy(chosen.isEmpty() ? table.getItems() : chosen);
    }

    private void copy(List<CallRow> rows) {
        Copying.toClipboard(model.text(List.copyOf(rows)));
    }

    private static <T> TableColumn<CallRow, T> column(
            String title, double width, Function<CallRow, T> value, String styleClass) {
        var column = new TableColumn<CallRow, T>(title);
        column.setPrefWidth(width);
        column.getStyleClass().add(styleClass);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        return column;
    }

    /// Sorted by its number, shown as its text.
    private static TableColumn<CallRow, CallRow> numeric(
            String title, double width, Function<CallRow, Long> value, Function<CallRow, String> text) {
        var column = column(title, width, row -> row, "number");
        column.setComparator(Comparator.comparing(value));
        column.setCellFactory(_ -> new NumberCell(text));
        return column;
    }
}

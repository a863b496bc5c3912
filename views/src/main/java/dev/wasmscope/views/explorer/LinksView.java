package dev.wasmscope.views.explorer;

import dev.wasmscope.views.control.Columns;
import dev.wasmscope.views.control.Copying;
import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.FilterField;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.control.Segments;
import dev.wasmscope.views.explorer.Link.Direction;
import dev.wasmscope.views.explorer.LinksViewModel.Shown;
import dev.wasmscope.views.workspace.Facts;
import java.util.List;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// The table of imports and exports with its filter.
final class LinksView extends BorderPane {
    private final LinksViewModel model;
    private final TableView<Link> table = new TableView<>();

    LinksView(LinksViewModel model) {
        this.model = model;
        getStyleClass().add("links-view");
        Sheet.addTo(this);
        setTop(toolBar());
        setCenter(table());
    }

    void focusTable() {
        table.requestFocus();
    }

    /// Selects the row of an import, also where the filter hid it.
    void select(int position) {
        model.reveal(position).ifPresent(link -> {
            table.getSelectionModel().clearAndSelect(table.getItems().indexOf(link));
            table.scrollTo(link);
        });
    }

    private HBox toolBar() {
        var shown = new Segments<>(List.of(Shown.values()), Shown::title);
        shown.valueProperty().bindBidirectional(model.shownProperty());
        var filter = new FilterField("Filter by module, name, kind, type");
        filter.setId("links-filter");
        filter.textProperty().bindBidirectional(model.filterProperty());
        filter.leadInto(table);
        HBox.setHgrow(filter, Priority.ALWAYS);
        filter.setMaxWidth(320);
        var count = Parts.label("", "dim");
        count.textProperty().bind(Bindings.createStringBinding(model::countText, model.rows()));
        var copy = Parts.iconButton(
                Icons.copy(), "Copy the whole table as tab-separated text", () -> copy(table.getItems()));
        copy.setId("links-copy");
        return Parts.toolRow(shown, filter, count, Parts.spacer(), copy);
    }

    private TableView<Link> table() {
        table.setId("links-table");
        var direction = column("Direction", 70, Link::direction);
        var module = column("Module", 96, Link::module);
        var name = column("Name", 150, Link::name);
        var kind = column("Kind", 72, Link::kind);
        var type = column("Type", 150, Link::type);
        var index = column("Index", 52, Link::index);
        name.getStyleClass().add("mono");
        type.getStyleClass().add("mono");
        index.getStyleClass().add("number");
        // A module that imports nothing has nothing to show there.
        module.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.rows().stream().anyMatch(link -> link.direction() == Direction.IMPORT),
                        model.rows()));
        table.getColumns().setAll(List.of(direction, module, name, kind, type, index));
        IconCell.in(
                name,
                link -> link.direction() == Direction.IMPORT
                        ? EntryIcons.ofImport(link.kind())
                        : EntryIcons.of(link.kind()));
        Columns.takesTheRest(table, type);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        var sorted = new SortedList<>(model.rows());
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.setPlaceholder(placeholder());
        table.setRowFactory(_ -> row());
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        return table;
    }

    private EmptyState placeholder() {
        var empty = new EmptyState(Icons.imports(), "Nothing to list", "");
        empty.textProperty()
                .bind(Bindings.createStringBinding(
                        this::whyEmpty, model.moduleProperty(), model.filterProperty(), model.rows()));
        return empty;
    }

    private String whyEmpty() {
        var module = model.moduleProperty().get();
        if (module == null) {
            return "Open a module to see what it takes from its host and what it offers.";
        }
        if (module.factsProperty().get() instanceof Facts.Reading) {
            return "Reading %s…".formatted(module.name());
        }
        if (module.factsProperty().get() instanceof Facts.Malformed(var reason, var _)) {
            return reason;
        }
        return model.filterProperty().get().isBlank()
                ? "%s has no such imports or exports.".formatted(module.name())
                : "No row contains \"%s\". Escape clears the filter."
                        .formatted(model.filterProperty().get());
    }

    private TableRow<Link> row() {
        var row = new TableRow<Link>();
        row.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2 && !row.isEmpty()) {
                model.open(row.getItem());
            }
        });
        return row;
    }

    private void key(KeyEvent event) {
        if (Copying.KEY.match(event)) {
            var chosen = table.getSelectionModel().getSelectedItems();
            copy(chosen.isEmpty() ? table.getItems() : chosen);
        } else if (event.getCode() == KeyCode.ENTER) {
            var link = table.getSelectionModel().getSelectedItem();
            if (link != null) {
                model.open(link);
            }
        } else {
            return;
        }
        event.consume();
    }

    private void copy(List<Link> links) {
        Copying.toClipboard(model.text(List.copyOf(links)));
    }

    private static <T> TableColumn<Link, T> column(String title, double width, Function<Link, T> value) {
        var column = new TableColumn<Link, T>(title);
        column.setPrefWidth(width);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        return column;
    }
}

package dev.wasmscope.views.explorer;

import dev.wasmscope.views.control.Columns;
import dev.wasmscope.views.control.Copying;
import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.hex.HexView;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Workbench;
import java.util.List;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// The sections of the file above, its bytes below; a chosen section is selected in the bytes.
final class FileView extends BorderPane {
    private final FileViewModel model;
    private final TableView<SectionRow> table = new TableView<>();
    private final HexView hex;
    private boolean following;

    FileView(FileViewModel model, Workbench workbench) {
        this.model = model;
        getStyleClass().add("file-view");
        Sheet.addTo(this);
        hex = new HexView(workbench.paletteProperty(), workbench.background()::onUi);
        hex.setId("file-bytes");
        setUpTable();
        var split = new SplitPane(table, hex);
        split.setOrientation(Orientation.VERTICAL);
        split.setDividerPositions(0.38);
        setCenter(split);
        setBottom(foot());
        model.bytesProperty().subscribe(hex::setSource);
        model.shownProperty().subscribe(this::show);
        hex.selectionProperty().subscribe(selection -> mark(selection.start()));
    }

    void open(Location.FileBytes place) {
        model.open(place);
    }

    void focusSections() {
        table.requestFocus();
    }

    private HBox foot() {
        var selection = Parts.label("", "mono", "dim");
        selection.setId("file-selection");
        selection
                .textProperty()
                .bind(Bindings.createStringBinding(
                        () -> model.text(hex.selectionProperty().get()),
                        hex.selectionProperty(),
                        model.moduleProperty(),
                        model.sections()));
        var problem = new Label();
        problem.getStyleClass().add("error-text");
        problem.textProperty().bind(hex.problemProperty());
        return Parts.footRow(selection, problem);
    }

    private void setUpTable() {
        table.setId("sections-table");
        var name = column("Section", 120, SectionRow::title);
        var offset = column("Offset", 76, row -> Sizes.hex(row.offset()));
        var size = column("Size", 80, row -> Sizes.count(row.size()));
        var share = column("Share", 110, SectionRow::share);
        var id = column("Id", 38, SectionRow::id);
        for (var column : List.of(offset, size)) {
            column.getStyleClass().add("number");
            column.setSortable(true);
        }
        offset.setComparator((a, b) -> Long.compare(Long.decode(a), Long.decode(b)));
        size.setComparator((a, b) -> Long.compare(number(a), number(b)));
        id.getStyleClass().add("number");
        IconCell.in(name, row -> row.custom() ? Icons.tag() : Icons.sections());
        share.setCellFactory(_ -> new ShareCell());
        table.getColumns().setAll(List.of(id, name, offset, size, share));
        Columns.takesTheRest(table, share);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setItems(model.sections());
        var empty = new EmptyState(Icons.sections(), "No sections", "");
        ((Label) empty.getChildren().getLast())
                .textProperty()
                .bind(Bindings.createStringBinding(model::whyEmpty, model.moduleProperty(), model.sections()));
        table.setPlaceholder(empty);
        table.getSelectionModel().selectedItemProperty().subscribe(this::chosen);
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    private static long number(String grouped) {
        return Long.parseLong(grouped.replace(",", ""));
    }

    private void chosen(@Nullable SectionRow row) {
        if (row != null && !following) {
            model.show(row);
        }
    }

    private void show(FileViewModel.@Nullable Span span) {
        if (span != null) {
            hex.show(span.offset(), span.length());
        }
    }

    /// The section that holds the first selected byte is marked in the list.
    private void mark(long offset) {
        following = true;
        model.sectionAt(offset)
                .filter(row -> !row.equals(table.getSelectionModel().getSelectedItem()))
                .ifPresent(row -> table.getSelectionModel()
                        .clearAndSelect(table.getItems().indexOf(row)));
        following = false;
    }

    private void key(KeyEvent event) {
        if (Copying.KEY.match(event)) {
            var chosen = table.getSelectionModel().getSelectedItems();
            Copying.toClipboard(SectionRow.tsv(List.copyOf(chosen.size() > 1 ? chosen : table.getItems())));
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER) {
            hex.requestFocus();
            event.consume();
        }
    }

    private static <T> TableColumn<SectionRow, T> column(String title, double width, Function<SectionRow, T> value) {
        var column = new TableColumn<SectionRow, T>(title);
        column.setPrefWidth(width);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        return column;
    }
}

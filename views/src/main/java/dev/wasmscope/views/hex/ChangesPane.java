package dev.wasmscope.views.hex;

import dev.wasmscope.engine.spi.ChangedRange;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What the last step changed, range by range, with old and new bytes. A click goes there.
final class ChangesPane extends VBox {
    private static final PseudoClass GROWN = PseudoClass.getPseudoClass("grown");
    private static final int SHOWN_BYTES = 16;
    private static final double ROW = 22;
    /// Room for `0x3fffffff`.
    private static final double ADDRESS = 96;
    private static final int MOST_ROWS = 5;

    private final MemoryViewModel model;
    private final TableView<ChangedRange> table = new TableView<>();
    private final Label summary = Parts.label("", "dim");
    private final Label size = Parts.label("", "dim");
    private final Label grown = Parts.chip("", "warn");

    ChangesPane(MemoryViewModel model) {
        this.model = model;
        getStyleClass().add("changes-pane");
        summary.setId("memory-changes-summary");
        size.setId("memory-size");
        grown.setId("memory-grown");
        grown.managedProperty().bind(grown.visibleProperty());
        table.setId("memory-changes");
        getChildren().addAll(header(), table());
        model.changesProperty().subscribe(this::show);
        model.pagesProperty().subscribe(pages -> size.setText(sizeText(pages.intValue())));
    }

    private HBox header() {
        var toggle = new ToggleButton("Changes", Icons.expand());
        toggle.setId("memory-changes-toggle");
        toggle.getStyleClass().addAll("flat", "changes-toggle");
        toggle.setSelected(true);
        toggle.selectedProperty().subscribe(open -> {
            toggle.setGraphic(open ? Icons.expand() : Icons.into());
            table.setVisible(open);
            table.setManaged(open);
        });
        var header = new HBox(toggle, summary, Parts.spacer(), grown, size);
        header.getStyleClass().add("changes-header");
        return header;
    }

    private TableView<ChangedRange> table() {
        table.getColumns().add(column("address", ADDRESS, range -> Hex.of(range.address())));
        table.getColumns().add(column("bytes", 64, range -> "%,d".formatted(range.length())));
        table.getColumns().add(column("before", 240, range -> preview(range.before())));
        table.getColumns().add(column("after", 240, range -> preview(range.after())));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        table.setMinHeight(ROW * 2 + 1);
        table.setPlaceholder(Parts.label("Bytes that a call, an edit or an undo changes are listed here.", "dim"));
        table.getSelectionModel().selectedItemProperty().subscribe(this::go);
        table.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ENTER) {
                go(table.getSelectionModel().getSelectedItem());
                e.consume();
            }
        });
        return table;
    }

    private interface Text {
        String of(ChangedRange range);
    }

    private TableColumn<ChangedRange, ChangedRange> column(String title, double width, Text text) {
        var column = new TableColumn<ChangedRange, ChangedRange>(title);
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, ADDRESS));
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setCellFactory(_ -> new TableCell<>() {
            {
                getStyleClass().addAll("mono", title);
            }

            @Override
            protected void updateItem(@Nullable ChangedRange range, boolean empty) {
                super.updateItem(range, empty);
                setText(empty || range == null ? null : text.of(range));
            }
        });
        return column;
    }

    static String preview(byte[] bytes) {
        var line = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, SHOWN_BYTES); i++) {
            line.append(i == 0 ? "" : " ").append(Hex.digit(bytes[i] >> 4)).append(Hex.digit(bytes[i]));
        }
        return bytes.length > SHOWN_BYTES ? line.append(" …").toString() : line.toString();
    }

    private void show(StepChanges changes) {
        table.getSelectionModel().clearSelection();
        table.getItems().setAll(changes.ranges());
        summary.setText(changes.summary());
        // As high as what there is to list: bytes are worth more room than empty rows.
        table.setPrefHeight(ROW * (1 + Math.clamp(changes.ranges().size(), 1, MOST_ROWS)) + 2);
        int pages = changes.grown();
        grown.setVisible(pages != 0);
        grown.setText("%+d %s".formatted(pages, Math.abs(pages) == 1 ? "page" : "pages"));
        grown.pseudoClassStateChanged(GROWN, pages > 0);
    }

    /// `17 pages · 1.06 MiB`.
    static String sizeText(int pages) {
        var bytes = pages < 16 ? "%d KiB".formatted(pages * 64) : "%,.2f MiB".formatted(pages / 16.0);
        return "%,d %s · %s".formatted(pages, pages == 1 ? "page" : "pages", bytes);
    }

    private void go(@Nullable ChangedRange range) {
        if (range != null && range.address() + range.length() <= model.hex().size()) {
            model.places().jump(range.address(), range.length());
        }
    }
}

package dev.wasmscope.views.hex;

import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.control.Segments;
import dev.wasmscope.views.hex.Inspector.Reading;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// A table of types and values; Ctrl+C copies a value.
final class InspectorView extends StackPane {
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final TableView<Reading> table = new TableView<>();
    private final Label address = Parts.label("", "mono", "muted");

    InspectorView(InspectorModel model, HexModel hex) {
        setId("inspector-view");
        getStyleClass().add("inspector-view");
        getStylesheets()
                .add(Objects.requireNonNull(InspectorView.class.getResource("memory.css"))
                        .toExternalForm());
        var content = new BorderPane(table());
        content.setTop(toolRow(model));
        var empty = new EmptyState(
                Icons.inspector(),
                "Nothing to inspect",
                "Put the cursor on a byte in Memory: it is read as every type.");
        hex.sizeProperty().subscribe(size -> getChildren().setAll(size.longValue() == 0 ? empty : content));
        hex.selectionProperty().subscribe(selection -> address.setText(Hex.of(selection.start())));
        model.readings().subscribe(this::show);
    }

    private HBox toolRow(InspectorModel model) {
        address.setId("inspector-address");
        var order = new Segments<>(
                List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN),
                o -> o.equals(ByteOrder.LITTLE_ENDIAN) ? "LE" : "BE");
        order.valueProperty().bindBidirectional(model.orderProperty());
        Tooltip.install(order, new Tooltip("Byte order: little endian, as Wasm stores numbers, or big endian"));
        return Parts.toolRow(address, Parts.spacer(), order);
    }

    private TableView<Reading> table() {
        table.setId("inspector-values");
        table.getColumns().add(column("type", 76, Reading::type));
        table.getColumns().add(column("value", 150, Reading::text));
        table.getColumns()
                .add(column("bytes", 48, reading -> reading.length() == 0 ? "" : Integer.toString(reading.length())));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        var copy = new MenuItem("Copy value");
        copy.setAccelerator(COPY);
        copy.setOnAction(_ -> copy());
        table.setContextMenu(new ContextMenu(copy));
        table.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (COPY.match(e)) {
                copy();
                e.consume();
            }
        });
        return table;
    }

    private interface Text {
        String of(Reading reading);
    }

    private static TableColumn<Reading, Reading> column(String title, double width, Text text) {
        var column = new TableColumn<Reading, Reading>(title);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setCellFactory(_ -> new TableCell<>() {
            {
                getStyleClass().addAll("mono", title);
            }

            @Override
            protected void updateItem(@Nullable Reading reading, boolean empty) {
                super.updateItem(reading, empty);
                var shown = empty || reading == null ? null : text.of(reading);
                setText(shown);
                setTooltip(shown != null && shown.length() > 20 ? new Tooltip(shown) : null);
            }
        });
        return column;
    }

    private void show(List<Reading> readings) {
        int selected = table.getSelectionModel().getSelectedIndex();
        table.getItems().setAll(readings);
        table.getSelectionModel().select(selected);
    }

    private void copy() {
        var reading = table.getSelectionModel().getSelectedItem();
        if (reading != null) {
            var content = new ClipboardContent();
            content.putString(reading.value().orElse(""));
            Clipboard.getSystemClipboard().setContent(content);
        }
    }
}

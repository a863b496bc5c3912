package dev.wasmscope.views.explorer;

import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import org.jspecify.annotations.Nullable;

/// A table cell with the icon of its row before the text.
final class IconCell<R, T> extends TableCell<R, T> {
    private final Function<R, Node> icon;

    private IconCell(Function<R, Node> icon) {
        this.icon = icon;
    }

    static <R, T> void in(TableColumn<R, T> column, Function<R, Node> icon) {
        column.setCellFactory(_ -> {
            var cell = new IconCell<R, T>(icon);
            cell.getStyleClass().addAll(column.getStyleClass());
            return cell;
        });
    }

    @Override
    protected void updateItem(@Nullable T item, boolean empty) {
        super.updateItem(item, empty);
        var row = getTableRow() == null ? null : getTableRow().getItem();
        if (empty || item == null || row == null) {
            setText(null);
            setGraphic(null);
        } else {
            setText(item.toString());
            setGraphic(icon.apply(row));
        }
    }
}

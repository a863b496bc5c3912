package dev.wasmscope.views.trace;

import java.util.function.Function;
import javafx.scene.control.TableCell;
import org.jspecify.annotations.Nullable;

/// A number of a call, as text.
final class NumberCell extends TableCell<CallRow, CallRow> {
    private final Function<CallRow, String> text;

    NumberCell(Function<CallRow, String> text) {
        this.text = text;
        getStyleClass().add("number");
    }

    @Override
    protected void updateItem(@Nullable CallRow row, boolean empty) {
        super.updateItem(row, empty);
        setText(empty || row == null ? null : text.apply(row));
    }
}

package dev.wasmscope.views.control;

import atlantafx.base.controls.CustomTextField;
import javafx.scene.Cursor;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// A text field that narrows a list: a lens in front, a cross to clear it; Escape clears too.
public final class FilterField extends CustomTextField {
    public FilterField(String prompt) {
        setPromptText(prompt);
        getStyleClass().add("filter");
        setLeft(Icons.search());
        var clear = Icons.close();
        clear.setCursor(Cursor.HAND);
        clear.setOnMouseClicked(_ -> clear());
        textProperty().subscribe(text -> setRight(text.isEmpty() ? null : clear));
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && !getText().isEmpty()) {
                clear();
                event.consume();
            }
        });
    }

    /// The down key leads from here into the table that is filtered.
    public void leadInto(TableView<?> table) {
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.DOWN) {
                table.requestFocus();
                table.getSelectionModel().select(0);
                event.consume();
            }
        });
    }
}

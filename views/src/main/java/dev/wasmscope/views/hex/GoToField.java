package dev.wasmscope.views.hex;

import javafx.css.PseudoClass;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Where to go. Says while one types what is wrong with it; shows the cursor's address otherwise.
final class GoToField extends TextField {
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

    private final MemoryViewModel model;

    GoToField(MemoryViewModel model) {
        this.model = model;
        setId("memory-goto");
        getStyleClass().add("mono");
        setPrefWidth(124);
        setMinWidth(96);
        setPromptText("0x400, +16, name");
        setAccessibleText("Go to address, export or global");
        textProperty().subscribe(_ -> check());
        focusedProperty().subscribe(focused -> {
            if (focused) {
                selectAll();
            } else {
                showCursor();
            }
        });
        model.hex().selectionProperty().subscribe(_ -> showCursor());
        model.hex().sizeProperty().subscribe(_ -> showCursor());
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    }

    private void pressed(KeyEvent e) {
        if (e.getCode() == KeyCode.ENTER) {
            if (model.places().goTo(getText()) instanceof GoTo.Place) {
                setText(cursorText());
                selectAll();
            }
            e.consume();
        } else if (e.getCode() == KeyCode.ESCAPE) {
            setText(cursorText());
            selectAll();
            e.consume();
        }
    }

    private void showCursor() {
        if (!isFocused()) {
            setText(cursorText());
        }
    }

    private String cursorText() {
        return model.hex().size() == 0
                ? ""
                : "0x" + Hex.address(model.hex().selection().start(), 8);
    }

    private void check() {
        var wrong = isFocused() && model.places().parse(getText()) instanceof GoTo.Wrong(var reason) ? reason : "";
        model.places().goToProblem(wrong);
        pseudoClassStateChanged(DANGER, !wrong.isEmpty());
    }
}

package dev.wasmscope.views.spi.parts;

import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// An input with its name above and, while it is wrong, the reason below.
public final class LabelledField extends VBox {
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

    private final Label error = new Label();

    public LabelledField(String name, Control input) {
        getStyleClass().add("field");
        var label = new Label(name);
        label.setLabelFor(input);
        input.setMaxWidth(Double.MAX_VALUE);
        error.getStyleClass().add("field-error");
        error.managedProperty().bind(error.textProperty().isNotEmpty());
        error.visibleProperty().bind(error.managedProperty());
        error.textProperty().subscribe(text -> input.pseudoClassStateChanged(DANGER, !text.isEmpty()));
        getChildren().addAll(label, input, error);
    }

    /// A field whose text is the value, both ways.
    ///
    /// @param id to find it by
    /// @param prompt what an empty one stands for
    public static TextField text(String id, String prompt, StringProperty value) {
        var field = new TextField();
        field.setId(id);
        field.setPromptText(prompt);
        field.textProperty().bindBidirectional(value);
        return field;
    }

    /// A sentence with the offending value, or empty.
    public StringProperty errorProperty() {
        return error.textProperty();
    }
}

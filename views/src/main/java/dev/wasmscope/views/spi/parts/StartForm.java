package dev.wasmscope.views.spi.parts;

import javafx.beans.property.IntegerProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Control;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;

/// What a tool asks before it starts: fields side by side, as wide as each other. Enter in a text starts.
public final class StartForm extends FlowPane {
    private static final double FIELD_WIDTH = 150;

    private final StartStop toggle;

    public StartForm(StartStop toggle) {
        super(8, 4);
        this.toggle = toggle;
    }

    /// @param tip what it is for, in a sentence
    public void add(String name, String tip, Control input) {
        input.setTooltip(new Tooltip(tip));
        var field = new LabelledField(name, input);
        field.setPrefWidth(FIELD_WIDTH);
        getChildren().add(field);
    }

    /// @param id to find the input by
    /// @param prompt what an empty one stands for
    public TextField addText(String name, String tip, String id, String prompt, StringProperty value) {
        var text = LabelledField.text(id, prompt, value);
        text.setOnAction(_ -> toggle.fire());
        add(name, tip, text);
        return text;
    }

    /// A number from 1 on.
    ///
    /// @param id to find the input by
    public void addCount(String name, String tip, String id, int most, IntegerProperty value) {
        var count = new Spinner<Integer>(1, most, value.get());
        count.setId(id);
        count.setEditable(true);
        count.valueProperty().subscribe(now -> value.set(now));
        add(name, tip, count);
    }
}

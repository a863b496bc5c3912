package dev.wasmscope.views.control;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// A choice between a few values side by side; one of them is always chosen. Arrow keys move the choice.
public final class Segments<T> extends HBox {
    private final ObjectProperty<T> value;
    private final List<T> choices;
    private final ToggleGroup group = new ToggleGroup();

    /// @param choices two or more; the first is chosen
    /// @param title what stands on each button, which gets the id `segment-` + title
    public Segments(List<T> choices, Function<T, String> title) {
        if (choices.size() < 2) {
            throw new IllegalArgumentException("A choice needs two values or more, not " + choices);
        }
        this.choices = List.copyOf(choices);
        value = new SimpleObjectProperty<>(choices.getFirst());
        getStyleClass().add("segments");
        for (var choice : this.choices) {
            getChildren().add(button(choice, title.apply(choice)));
        }
        getChildren().getFirst().getStyleClass().add(Styles.LEFT_PILL);
        getChildren().getLast().getStyleClass().add(Styles.RIGHT_PILL);
        group.selectedToggleProperty().subscribe((old, now) -> {
            if (now == null && old != null) {
                old.setSelected(true);
            }
        });
        value.subscribe(this::select);
        addEventFilter(KeyEvent.KEY_PRESSED, this::move);
    }

    public ObjectProperty<T> valueProperty() {
        return value;
    }

    public T value() {
        return value.get();
    }

    private ToggleButton button(T choice, String title) {
        var button = new ToggleButton(title);
        button.setId("segment-" + title);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setToggleGroup(group);
        button.setUserData(choice);
        if (!choice.equals(choices.getFirst()) && !choice.equals(choices.getLast())) {
            button.getStyleClass().add(Styles.CENTER_PILL);
        }
        button.setOnAction(_ -> value.set(choice));
        return button;
    }

    private void select(T choice) {
        for (var toggle : group.getToggles()) {
            if (toggle.getUserData().equals(choice)) {
                group.selectToggle(toggle);
            }
        }
    }

    private void move(KeyEvent event) {
        var step = event.getCode() == KeyCode.RIGHT ? 1 : event.getCode() == KeyCode.LEFT ? -1 : 0;
        var next = choices.indexOf(value.get()) + step;
        if (step != 0) {
            event.consume();
            if (next >= 0 && next < choices.size()) {
                value.set(choices.get(next));
                getChildren().get(next).requestFocus();
            }
        }
    }
}

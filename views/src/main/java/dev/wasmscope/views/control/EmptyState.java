package dev.wasmscope.views.control;

import atlantafx.base.theme.Styles;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What a view shows while it has nothing to show: what would be here and what to do to get it.
public final class EmptyState extends VBox {
    private static final double LOW = 175;

    private final Label text;

    public EmptyState(Node icon, String title, String text) {
        getStyleClass().add("empty-state");
        var titleLabel = new Label(title);
        titleLabel.getStyleClass().add("title");
        this.text = new Label(text);
        this.text.getStyleClass().add("text");
        this.text.setMinHeight(Region.USE_PREF_SIZE);
        // Where room is short the words and the button stay.
        icon.visibleProperty().bind(heightProperty().greaterThan(LOW));
        icon.managedProperty().bind(icon.visibleProperty());
        setMinSize(0, 0);
        getChildren().addAll(icon, titleLabel, this.text);
    }

    /// What would be here, where that changes.
    public StringProperty textProperty() {
        return text.textProperty();
    }

    public EmptyState withAction(String name, Runnable action) {
        var button = new Button(name);
        button.setOnAction(_ -> action.run());
        if (getChildren().stream().noneMatch(Button.class::isInstance)) {
            button.getStyleClass().add(Styles.ACCENT);
        }
        getChildren().add(button);
        return this;
    }
}

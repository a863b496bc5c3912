package dev.wasmscope.views.control;

import atlantafx.base.theme.Styles;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// What a view shows while it has nothing to show: what would be here and what to do to get it.
public final class EmptyState extends VBox {
    public EmptyState(Node icon, String title, String text) {
        getStyleClass().add("empty-state");
        var titleLabel = new Label(title);
        titleLabel.getStyleClass().add("title");
        var textLabel = new Label(text);
        textLabel.getStyleClass().add("text");
        getChildren().addAll(icon, titleLabel, textLabel);
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

package dev.wasmscope.views.control;

import atlantafx.base.theme.Styles;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// Small pieces that all tools set the same way, so that no row of tools clips a label.
public final class Parts {
    private Parts() {}

    /// The row of tools above a view.
    public static HBox toolRow(Node... nodes) {
        var row = new HBox(nodes);
        row.getStyleClass().add("tool-row");
        return row;
    }

    /// The row of facts below a view.
    public static HBox footRow(Node... nodes) {
        var row = new HBox(nodes);
        row.getStyleClass().add("foot-row");
        return row;
    }

    /// Takes the room that is left in a row.
    public static Region spacer() {
        var spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }

    /// A label that is never shortened.
    public static Label label(String text, String... styleClasses) {
        var label = new Label(text);
        label.getStyleClass().addAll(styleClasses);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    /// The head of a group in a form; small capitals by its text, as the pictures have it.
    public static Label section(String text) {
        return label(text.toUpperCase(java.util.Locale.ROOT), "section");
    }

    /// A type or a mark: further style classes are `result-type`, `neutral`, `warn`, `failed`.
    public static Label chip(String text, String... styleClasses) {
        var chip = label(text, styleClasses);
        chip.getStyleClass().add("chip");
        return chip;
    }

    /// A button of an icon only; its name is the tool tip and what a screen reader says.
    public static Button iconButton(Node icon, String name, Runnable action) {
        var button = new Button(null, icon);
        button.getStyleClass().addAll(Styles.FLAT, "icon-button");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.setOnAction(_ -> action.run());
        return button;
    }

    /// A button of icon and name that is never shortened.
    public static Button button(Node icon, String name, Runnable action) {
        var button = new Button(name, icon);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(_ -> action.run());
        return button;
    }

    /// Text that leads somewhere; Tab reaches it, Enter follows it.
    public static Hyperlink link(String text, Runnable action) {
        var link = new Hyperlink(text);
        link.getStyleClass().add("link");
        link.setOnAction(_ -> {
            link.setVisited(false);
            action.run();
        });
        return link;
    }
}

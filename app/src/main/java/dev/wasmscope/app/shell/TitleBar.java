package dev.wasmscope.app.shell;

import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Separator;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// The top row: brand, menus, the search pill, what runs, theme and settings.
final class TitleBar {
    private final HBox bar = new HBox();

    /// @param actions what the buttons at the right do
    TitleBar(Menus menus, RunControl run, LookSwitch look, Actions actions) {
        bar.getStyleClass().add("title-bar");
        bar.setMinWidth(0);
        var logo = Icons.brand();
        logo.getStyleClass().add("logo");
        var menuBar = menus.bar();
        menuBar.setMinWidth(Region.USE_PREF_SIZE);
        bar.getChildren()
                .addAll(
                        logo,
                        Parts.label("Wasmscope", "brand"),
                        menuBar,
                        Parts.spacer(),
                        searchPill(actions.palette()),
                        Parts.spacer());
        bar.getChildren().addAll(run.nodes());
        bar.getChildren().addAll(new Separator(Orientation.VERTICAL), look.button(), settings(actions.settings()));
    }

    record Actions(Runnable palette, Runnable settings) {}

    Node node() {
        return bar;
    }

    private static Button searchPill(Runnable action) {
        var prompt = new Label("Search functions, exports, commands");
        prompt.getStyleClass().add("search-prompt");
        prompt.setMinWidth(0);
        HBox.setHgrow(prompt, Priority.ALWAYS);
        prompt.setMaxWidth(Double.MAX_VALUE);
        var contents = new HBox(Icons.search(), prompt, Parts.label("Ctrl+Shift+P", "key-name"));
        contents.getStyleClass().add("search-contents");
        var pill = new Button(null, contents);
        contents.prefWidthProperty().bind(pill.widthProperty().subtract(22));
        pill.setId("search-pill");
        pill.getStyleClass().add("search-pill");
        pill.setFocusTraversable(false);
        pill.setAccessibleText(prompt.getText());
        pill.setTooltip(new Tooltip("Find a function, an export, an address or a command"));
        pill.setOnAction(_ -> action.run());
        return pill;
    }

    private static Button settings(Runnable action) {
        var button = Parts.iconButton(Icons.settings(), "Settings (Ctrl+Comma)", action);
        button.setId("settings");
        button.setFocusTraversable(false);
        return button;
    }
}

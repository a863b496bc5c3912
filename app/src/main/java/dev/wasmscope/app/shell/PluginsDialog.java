package dev.wasmscope.app.shell;

import dev.wasmscope.app.plugins.Plugin;
import dev.wasmscope.app.plugins.Plugins;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import javafx.scene.Node;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/// Which plugins are on, where they came from, and what they may do.
final class PluginsDialog {
    private final Plugins plugins;

    PluginsDialog(Plugins plugins) {
        this.plugins = plugins;
    }

    void show(Stage owner) {
        var dialog = new Dialog<Void>();
        dialog.initOwner(owner);
        dialog.setTitle("Plugins");
        var pane = dialog.getDialogPane();
        pane.getStylesheets().addAll(owner.getScene().getStylesheets());
        pane.setId("plugins-dialog");
        pane.getButtonTypes().add(ButtonType.CLOSE);
        var rights = new Label("A plugin is code of your choice. It runs with your rights: your files, your network.");
        rights.setWrapText(true);
        rights.getStyleClass().add("muted");
        var list = new VBox();
        list.getStyleClass().add("plugin-list");
        plugins.all().forEach(plugin -> list.getChildren().add(row(plugin)));
        plugins.problems().forEach(problem -> list.getChildren().add(wrapped(problem, "error-text")));
        if (list.getChildren().isEmpty()) {
            list.getChildren().add(Parts.label("No plugin is installed.", "muted"));
        }
        var contents = new VBox(rights, list);
        contents.getStyleClass().addAll("form", "plugins-form");
        pane.setContent(contents);
        dialog.show();
    }

    private static Node row(Plugin plugin) {
        var text = new VBox(
                Parts.label(plugin.name() + " " + plugin.version(), "strong"),
                wrapped(plugin.jar().toString(), "dim"));
        var row = new HBox(Icons.plugin(), text);
        row.getStyleClass().addAll("panel-card", "plugin-row");
        return row;
    }

    private static Label wrapped(String text, String styleClass) {
        var label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add(styleClass);
        return label;
    }
}

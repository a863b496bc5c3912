package dev.wasmscope.app.shell;

import atlantafx.base.controls.ToggleSwitch;
import dev.wasmscope.app.plugins.Plugin;
import dev.wasmscope.app.plugins.PluginChoices;
import dev.wasmscope.app.plugins.Plugins;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.spi.Notice;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/// Which plugins there are, on and off, where they came from, and what they may do.
final class PluginsDialog {
    private final Plugins plugins;
    private final Path folder;
    private final Background background;
    private final Consumer<Notice> notices;

    /// @param folder where the user puts plugins
    PluginsDialog(Plugins plugins, Path folder, Background background, Consumer<Notice> notices) {
        this.plugins = plugins;
        this.folder = folder;
        this.background = background;
        this.notices = notices;
    }

    void show(Stage owner) {
        var dialog = new Dialog<Void>();
        dialog.initOwner(owner);
        dialog.setTitle("Plugins");
        var pane = dialog.getDialogPane();
        pane.getStylesheets().addAll(owner.getScene().getStylesheets());
        pane.setId("plugins-dialog");
        pane.getButtonTypes().add(ButtonType.CLOSE);
        var later = wrapped("A change counts from the next start on.", "plugins-later");
        later.setVisible(false);
        var contents = new VBox(
                wrapped("A plugin is code of your choice. It runs with your rights: your files, your network."),
                list(later),
                wrapped("Plugins of your own go to " + folder + ", and are off until you switch them on.", "dim"),
                later);
        contents.getStyleClass().addAll("form", "plugins-form");
        pane.setContent(contents);
        dialog.show();
    }

    private Node list(Node later) {
        var list = new VBox();
        list.getStyleClass().add("plugin-list");
        // First those that wait for a decision: the list may be longer than the dialog.
        plugins.off().forEach(plugin -> list.getChildren().add(row(plugin, later)));
        plugins.all().forEach(plugin -> list.getChildren().add(row(plugin, later)));
        plugins.problems().forEach(problem -> list.getChildren().add(problem(problem)));
        if (list.getChildren().isEmpty()) {
            list.getChildren().add(Parts.label("No plugin is installed.", "muted"));
        }
        var scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("plugin-scroll");
        return scroll;
    }

    private Node row(Plugin plugin, Node later) {
        var title = new HBox(Parts.label(plugin.name(), "strong"), Parts.label(plugin.version(), "dim"));
        title.getStyleClass().add("plugin-title");
        var text = new VBox(title);
        if (!plugin.about().isEmpty()) {
            text.getChildren().add(wrapped(plugin.about(), "muted"));
        }
        text.getChildren().add(wrapped("Brings " + plugin.brings(), "dim"));
        if (!plugin.bundled()) {
            text.getChildren().add(wrapped(plugin.jar().toString(), "dim"));
        }
        text.getStyleClass().add("plugin-text");
        HBox.setHgrow(text, Priority.ALWAYS);
        var row = new HBox(Icons.plugin(), text);
        plugins.choices().ifPresent(choices -> row.getChildren().add(toggle(plugin, choices, later)));
        row.getStyleClass().addAll("panel-card", "plugin-row");
        return row;
    }

    private Node toggle(Plugin plugin, PluginChoices choices, Node later) {
        var toggle = new ToggleSwitch();
        toggle.setId("plugin-" + plugin.id());
        toggle.setAccessibleText(plugin.name());
        toggle.setMinWidth(ToggleSwitch.USE_PREF_SIZE);
        toggle.setSelected(choices.on(plugin.id(), plugin.bundled()));
        toggle.selectedProperty().subscribe((_, on) -> {
            later.setVisible(true);
            background.start(
                    "Saving the choice of plugins",
                    _ -> {
                        choices.choose(plugin.id(), on);
                        return true;
                    },
                    result -> {
                        if (result instanceof Result.Failed<Boolean>(var cause)) {
                            notices.accept(
                                    Notice.error("The choice of plugins cannot be saved: " + cause.getMessage()));
                        }
                    });
        });
        return toggle;
    }

    private static Node problem(String sentence) {
        var text = wrapped(sentence, "error-text");
        HBox.setHgrow(text, Priority.ALWAYS);
        var row = new HBox(Icons.failure(), text);
        row.getStyleClass().addAll("panel-card", "plugin-row");
        return row;
    }

    private static Label wrapped(String text, String... styleClasses) {
        var label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().addAll(styleClasses);
        return label;
    }
}

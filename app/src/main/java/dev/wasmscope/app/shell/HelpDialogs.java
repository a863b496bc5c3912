package dev.wasmscope.app.shell;

import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import javafx.scene.Node;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/// What the Help menu shows: every key there is, and what this program is.
final class HelpDialogs {
    private final Stage owner;
    private final Commands commands;

    HelpDialogs(Stage owner, Commands commands) {
        this.owner = owner;
        this.commands = commands;
    }

    void keys() {
        var grid = new GridPane();
        grid.getStyleClass().add("keys");
        var row = 0;
        for (var command : commands.all()) {
            if (command.key().isPresent()) {
                grid.addRow(row++, Parts.label(command.title()), Parts.label(Commands.keyText(command), "key-name"));
            }
        }
        var scroll = new ScrollPane(grid);
        scroll.setFitToWidth(true);
        scroll.setPrefSize(460, 480);
        show("Keyboard shortcuts", "keys-dialog", scroll);
    }

    void about() {
        var logo = Icons.brand();
        logo.getStyleClass().add("about-logo");
        var what = new Label("An oscilloscope for WebAssembly: load a module, probe its memory, drive its functions,"
                + " and watch the wires that connect it to the world.");
        what.setWrapText(true);
        var text = new VBox(
                Parts.label("Wasmscope", "about-name"),
                what,
                Parts.label(
                        "Java %s · JavaFX %s · %s %s"
                                .formatted(
                                        Runtime.version(),
                                        System.getProperty("javafx.version", "?"),
                                        System.getProperty("os.name"),
                                        System.getProperty("os.arch")),
                        "dim"),
                Parts.label("Apache License 2.0. Inter and JetBrains Mono: SIL Open Font License 1.1.", "dim"));
        text.getStyleClass().add("about-text");
        var contents = new HBox(logo, text);
        contents.getStyleClass().add("about");
        show("About Wasmscope", "about-dialog", contents);
    }

    private void show(String title, String id, Node contents) {
        var dialog = new Dialog<Void>();
        dialog.initOwner(owner);
        dialog.setTitle(title);
        var pane = dialog.getDialogPane();
        pane.getStylesheets().addAll(owner.getScene().getStylesheets());
        pane.setId(id);
        pane.getButtonTypes().add(ButtonType.CLOSE);
        pane.setContent(contents);
        dialog.show();
    }
}

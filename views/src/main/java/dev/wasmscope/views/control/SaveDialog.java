package dev.wasmscope.views.control;

import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.spi.parts.LabelledField;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.event.ActionEvent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/// Asks where to save: a path that can be typed and kept, and the system's chooser for those who look around.
///
/// The chooser alone would do on a desktop, but it cannot be typed into over a remote display without a window
/// manager, and it forgets the last place.
public final class SaveDialog {
    private final Window owner;
    private final Background background;
    private final Consumer<Path> save;
    private final Dialog<Void> dialog = new Dialog<>();
    private final TextField path = new TextField();
    private final LabelledField field = new LabelledField("File", path);
    private final ButtonType confirm = new ButtonType("Save", ButtonData.OK_DONE);
    private Optional<Path> mayReplace = Optional.empty();

    private SaveDialog(Window owner, String title, Path suggested, Background background, Consumer<Path> save) {
        this.owner = owner;
        this.background = background;
        this.save = save;
        dialog.initOwner(owner);
        dialog.setTitle(title);
        path.setId("save-path");
        path.setText(suggested.toString());
        path.setPrefColumnCount(44);
        path.textProperty().subscribe((_, _) -> {
            mayReplace = Optional.empty();
            field.errorProperty().set("");
        });
        var pane = dialog.getDialogPane();
        pane.getStylesheets().addAll(owner.getScene().getStylesheets());
        pane.getButtonTypes().addAll(confirm, ButtonType.CANCEL);
        pane.setContent(content());
        button().setId("save-confirm");
        button().addEventFilter(ActionEvent.ACTION, this::confirmed);
        dialog.setOnShown(_ -> {
            path.requestFocus();
            selectName();
        });
    }

    /// Shows the dialog and returns at once; `save` gets an absolute path on the UI thread. Replacing a file takes a
    /// second confirmation.
    public static void show(Window owner, String title, Path suggested, Background background, Consumer<Path> save) {
        new SaveDialog(owner, title, suggested, background, save).dialog.show();
    }

    private VBox content() {
        var browse = Parts.button(Icons.folder(), "Browse…", this::browse);
        HBox.setHgrow(field, Priority.ALWAYS);
        var content = new VBox(field, new HBox(browse));
        content.setSpacing(8);
        content.getStyleClass().add("form");
        return content;
    }

    private Button button() {
        return (Button) dialog.getDialogPane().lookupButton(confirm);
    }

    /// The name without its ending: what is most often typed over.
    private void selectName() {
        var text = path.getText();
        var start = text.lastIndexOf(File.separatorChar) + 1;
        var end = text.lastIndexOf('.');
        path.selectRange(start, end > start ? end : text.length());
    }

    private void browse() {
        var chooser = new FileChooser();
        chooser.setTitle(dialog.getTitle());
        var text = path.getText();
        chooser.setInitialFileName(text.substring(text.lastIndexOf(File.separatorChar) + 1));
        var chosen = chooser.showSaveDialog(owner);
        if (chosen != null) {
            path.setText(chosen.toString());
            // The chooser has asked already.
            mayReplace = Optional.of(chosen.toPath().toAbsolutePath());
        }
    }

    private void confirmed(ActionEvent event) {
        event.consume();
        if (path.getText().isBlank()) {
            say("Say where to save.");
            return;
        }
        Path target;
        try {
            target = Path.of(path.getText().strip()).toAbsolutePath();
        } catch (InvalidPathException e) {
            say("This is not a path: " + e.getReason() + ".");
            return;
        }
        if (Optional.of(target).equals(mayReplace)) {
            finish(target);
        } else {
            background.start("Looking at " + target, _ -> Obstacle.at(target), result -> looked(target, result));
        }
    }

    private void looked(Path target, Result<Obstacle> result) {
        if (result instanceof Result.Ok(var obstacle) && !obstacle.sentence.isEmpty()) {
            mayReplace = obstacle.surmountable ? Optional.of(target) : Optional.empty();
            say(obstacle.sentence);
        } else {
            finish(target);
        }
    }

    private void finish(Path target) {
        dialog.close();
        save.accept(target);
    }

    private void say(String sentence) {
        field.errorProperty().set(sentence);
        dialog.getDialogPane().getScene().getWindow().sizeToScene();
    }

    /// What is in the way of a new file.
    ///
    /// @param sentence empty where nothing is
    /// @param surmountable saving once more goes ahead
    private record Obstacle(String sentence, boolean surmountable) {
        static Obstacle at(Path target) {
            if (Files.isDirectory(target)) {
                return new Obstacle("%s is a folder. Add a file name.".formatted(target), false);
            }
            var folder = target.getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                return new Obstacle("The folder %s does not exist. Save again to make it.".formatted(folder), true);
            }
            return Files.exists(target)
                    ? new Obstacle("%s exists. Save again to replace it.".formatted(target), true)
                    : new Obstacle("", true);
        }
    }
}

package dev.wasmscope.views.console;

import dev.wasmscope.engine.redis.CommandCatalogue;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;

/// The prompt: input, the hint behind the cursor, history, search, completion.
final class PromptRow extends HBox {
    private final ConsoleViewModel model;
    private final CompletionList completion;
    private final PromptField field;
    private final Label prompt = new Label();
    private final Label hint = new Label();
    private final Text measure = new Text();
    private boolean searching;
    private Optional<Integer> found = Optional.empty();

    PromptRow(ConsoleViewModel model, CompletionList completion) {
        this.model = model;
        this.completion = completion;
        this.field = new PromptField(model::submit);
        getStyleClass().addAll("prompt-row", "console-prompt-row");
        prompt.setId("console-prompt-name");
        prompt.getStyleClass().addAll("mono", "prompt-name");
        prompt.setMinWidth(Region.USE_PREF_SIZE);
        prompt.textProperty().bind(model.promptProperty());
        getChildren().addAll(prompt, input(), stop());
        field.textProperty().subscribe(_ -> typed());
        field.caretPositionProperty().subscribe(_ -> showHint());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        field.focusedProperty().subscribe(focused -> {
            if (!focused) {
                completion.hide();
            }
        });
        completion.onChosen(this::accept);
    }

    TextField field() {
        return field;
    }

    void suggest(String line) {
        if (field.getText().isEmpty()) {
            put(line);
        }
    }

    private StackPane input() {
        hint.setId("console-hint");
        hint.getStyleClass().addAll("mono", "hint");
        hint.setMouseTransparent(true);
        hint.setMinWidth(0);
        measure.fontProperty().bind(field.fontProperty());
        var pane = new StackPane(field, hint);
        pane.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(pane, Priority.ALWAYS);
        return pane;
    }

    private Region stop() {
        var stop = Parts.iconButton(Icons.stop(), "Cancel the command that waits (Ctrl+C)", model::cancel);
        stop.setId("console-stop");
        stop.visibleProperty().bind(model.waitingProperty());
        stop.managedProperty().bind(stop.visibleProperty());
        return stop;
    }

    private void typed() {
        if (searching) {
            look(model.history().lines().size());
        } else {
            var line = field.getText();
            var proposals = field.isFocused() ? model.complete(line) : List.<CommandCatalogue.Proposal>of();
            completion.show(proposals, width(line.substring(0, line.length() - typedWord(line))) + prompt.getWidth());
        }
        showHint();
    }

    private static int typedWord(String line) {
        return CommandCatalogue.replaced(line);
    }

    private double width(String text) {
        measure.setText(text);
        return measure.getLayoutBounds().getWidth();
    }

    /// Grey text behind what is typed: what may follow, or what a search has found.
    private void showHint() {
        var line = field.getText();
        var text = "";
        if (searching) {
            text = found.map(i -> "  →  " + model.history().lines().get(i)).orElse("  nothing in the history");
        } else if (field.getCaretPosition() == line.length() && !line.isBlank()) {
            text = model.hint(line);
        }
        hint.setText(text);
        hint.setTranslateX(width(line) + field.getPadding().getLeft() + 3);
        // A line longer than the field scrolls in it, and the hint would stand in its middle.
        hint.setVisible(hint.getTranslateX() < field.getWidth() - 20);
        hint.setMaxWidth(Math.max(0, field.getWidth() - hint.getTranslateX()));
    }

    private void pressed(KeyEvent event) {
        if (handled(event)) {
            event.consume();
        }
    }

    private boolean handled(KeyEvent event) {
        if (event.isControlDown()) {
            // With shift they are commands of the window.
            return !event.isShiftDown() && control(event);
        }
        return searching ? inSearch(event) : inLine(event);
    }

    private boolean control(KeyEvent event) {
        switch (event.getCode()) {
            case C -> {
                if (!field.getSelectedText().isEmpty()) {
                    return false;
                }
                leaveSearch("");
                field.clear();
                model.cancel();
            }
            case L -> model.clear();
            case R -> search();
            case SPACE -> completion.show(model.complete(field.getText()), prompt.getWidth());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean inLine(KeyEvent event) {
        switch (event.getCode()) {
            case ENTER -> {
                if (completion.selecting()) {
                    completion.choose();
                } else {
                    completion.hide();
                    var line = field.getText();
                    field.clear();
                    model.submit(line);
                }
            }
            case TAB -> {
                if (event.isShiftDown() || field.getText().isEmpty()) {
                    // Moves the focus, as everywhere.
                    return false;
                }
                if (completion.size() == 1) {
                    completion.choose();
                } else if (completion.showing()) {
                    completion.next();
                }
            }
            case UP -> move(-1);
            case DOWN -> move(1);
            case ESCAPE -> {
                if (!completion.showing()) {
                    return false;
                }
                completion.hide();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void move(int step) {
        if (completion.selecting()) {
            completion.move(step);
            return;
        }
        var line = field.getText();
        put(step < 0 ? model.history().older(line) : model.history().newer(line));
        completion.hide();
    }

    private void accept(String proposal) {
        var line = field.getText();
        put(line.substring(0, line.length() - typedWord(line)) + proposal + " ");
    }

    private void put(String line) {
        field.setText(line);
        field.end();
    }

    private void search() {
        if (searching) {
            look(found.orElse(model.history().lines().size()));
        } else {
            searching = true;
            completion.hide();
            prompt.textProperty().unbind();
            prompt.setText("search:");
            look(model.history().lines().size());
        }
        showHint();
    }

    private void look(int below) {
        var next = model.history().search(field.getText(), below);
        // Where there is nothing older, the oldest stays.
        if (next.isPresent() || below == model.history().lines().size()) {
            found = next;
        }
    }

    private boolean inSearch(KeyEvent event) {
        switch (event.getCode()) {
            case ENTER -> {
                var line = found.map(i -> model.history().lines().get(i)).orElse("");
                leaveSearch("");
                model.submit(line);
            }
            case TAB, RIGHT, END ->
                leaveSearch(found.map(i -> model.history().lines().get(i)).orElse(field.getText()));
            case UP -> search();
            case ESCAPE -> leaveSearch("");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void leaveSearch(String line) {
        if (searching) {
            searching = false;
            found = Optional.empty();
            prompt.textProperty().bind(model.promptProperty());
            put(line);
        }
    }
}

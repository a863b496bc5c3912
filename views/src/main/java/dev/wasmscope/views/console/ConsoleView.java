package dev.wasmscope.views.console;

import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.Icons;
import java.util.Objects;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.fxmisc.flowless.VirtualizedScrollPane;

/// The console: target, replies, prompt.
final class ConsoleView extends VBox {
    private final ConsoleViewModel model;
    private final PromptRow prompt;

    ConsoleView(ConsoleViewModel model, Background background) {
        this.model = model;
        getStyleClass().add("console-view");
        getStylesheets()
                .add(Objects.requireNonNull(ConsoleView.class.getResource("console.css"))
                        .toExternalForm());
        var completion = new CompletionList();
        prompt = new PromptRow(model, completion);
        var middle = new StackPane(new VirtualizedScrollPane<>(new OutputArea(model)), empty(), starting(), completion);
        StackPane.setAlignment(completion, Pos.BOTTOM_LEFT);
        middle.setMinHeight(0);
        HBox.setHgrow(middle, Priority.ALWAYS);
        middle.setMinWidth(0);
        var both = new HBox(middle, new WiresPane(model.wires(), background));
        both.setMinHeight(0);
        VBox.setVgrow(both, Priority.ALWAYS);
        getChildren().addAll(new TargetBar(model, background), new AddressPane(model), both, prompt);
    }

    void focusPrompt() {
        prompt.field().requestFocus();
    }

    /// Types a command for the user, where nothing was typed yet.
    void suggest(String line) {
        prompt.suggest(line);
    }

    private Node empty() {
        var empty = new EmptyState(
                        Icons.redis(),
                        "No server yet",
                        "Start a Redis of your own, choose one that runs here, or just type a command.")
                .withAction("Start Redis", () -> {
                    model.connect();
                    focusPrompt();
                });
        if (empty.getChildren().getLast() instanceof Button start) {
            start.textProperty()
                    .bind(Bindings.createStringBinding(
                            () -> model.targets().chosenProperty().get() instanceof TargetChoice.Wasm
                                    ? "Start Redis in Wasm"
                                    : "Start native Redis",
                            model.targets().chosenProperty()));
        }
        empty.visibleProperty()
                .bind(Bindings.isEmpty(model.entries())
                        .and(Bindings.createBooleanBinding(
                                () -> model.stateProperty().get() instanceof ConnectionState.Off
                                        && startable(
                                                model.targets().chosenProperty().get()),
                                model.stateProperty(),
                                model.targets().chosenProperty())));
        return empty;
    }

    /// What takes so long, while there is nothing else to read.
    private Node starting() {
        var text = new Label();
        text.getStyleClass().add("text");
        text.textProperty()
                .bind(model.stateProperty()
                        .map(state -> state instanceof ConnectionState.Connecting(var to) ? to + "…" : ""));
        var box = new VBox(new ProgressIndicator(), text);
        box.getStyleClass().addAll("empty-state", "waiting");
        box.setMouseTransparent(true);
        box.visibleProperty()
                .bind(Bindings.isEmpty(model.entries()).and(text.textProperty().isNotEmpty()));
        return box;
    }

    private static boolean startable(TargetChoice choice) {
        return choice instanceof TargetChoice.Native || choice instanceof TargetChoice.Wasm;
    }
}

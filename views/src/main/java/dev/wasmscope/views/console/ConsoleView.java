package dev.wasmscope.views.console;

import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.Icons;
import java.util.Objects;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.fxmisc.flowless.VirtualizedScrollPane;

/// The console: target, replies, prompt.
final class ConsoleView extends VBox {
    private final ConsoleViewModel model;
    private final PromptRow prompt;

    ConsoleView(ConsoleViewModel model) {
        this.model = model;
        getStyleClass().add("console-view");
        getStylesheets()
                .add(Objects.requireNonNull(ConsoleView.class.getResource("console.css"))
                        .toExternalForm());
        var completion = new CompletionList();
        prompt = new PromptRow(model, completion);
        var middle = new StackPane(new VirtualizedScrollPane<>(new OutputArea(model)), empty(), completion);
        StackPane.setAlignment(completion, Pos.BOTTOM_LEFT);
        middle.setMinHeight(0);
        VBox.setVgrow(middle, Priority.ALWAYS);
        getChildren().addAll(new TargetBar(model), new AddressPane(model), middle, prompt);
    }

    void focusPrompt() {
        prompt.field().requestFocus();
    }

    private Node empty() {
        var empty = new EmptyState(
                        Icons.redis(),
                        "No server yet",
                        "Start a Redis of your own, choose one that runs here, or just type a command.")
                .withAction("Start native Redis", () -> {
                    model.connect();
                    focusPrompt();
                });
        empty.visibleProperty()
                .bind(Bindings.isEmpty(model.entries())
                        .and(Bindings.createBooleanBinding(
                                () -> model.stateProperty().get() instanceof ConnectionState.Off
                                        && model.targets().chosenProperty().get() instanceof TargetChoice.Native,
                                model.stateProperty(),
                                model.targets().chosenProperty())));
        return empty;
    }
}

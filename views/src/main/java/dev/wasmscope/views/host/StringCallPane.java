package dev.wasmscope.views.host;

import atlantafx.base.theme.Styles;
import dev.wasmscope.engine.marshal.StringCall;
import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/// The form of a call with strings, and its steps, each of which leads to its bytes.
final class StringCallPane extends BorderPane {
    private final StringCallModel model;
    private final ListView<StringCall.Step> steps;

    StringCallPane(StringCallModel model) {
        this.model = model;
        steps = new ListView<>(model.steps());
        setTop(form());
        setCenter(steps());
        setBottom(foot());
    }

    private HBox form() {
        var export = new ComboBox<String>(model.exports());
        export.setId("host-export");
        export.setPrefWidth(170);
        export.setMinWidth(110);
        export.setAccessibleText("The function to call");
        export.valueProperty().bindBidirectional(model.exportProperty());
        var signature = Parts.label("", "mono", "dim");
        signature.textProperty().bind(model.signatureProperty());
        var arguments = new TextField();
        arguments.setId("host-arguments");
        arguments.getStyleClass().add("mono");
        arguments.setPromptText("\"hello\" 3");
        arguments.setMinWidth(90);
        arguments.textProperty().bindBidirectional(model.argumentsProperty());
        arguments.setOnAction(_ -> model.run());
        HBox.setHgrow(arguments, Priority.ALWAYS);
        var text = new CheckBox("gives a string");
        text.setId("host-text-result");
        text.setMinWidth(USE_PREF_SIZE);
        text.selectedProperty().bindBidirectional(model.textResultProperty());
        var run = Parts.button(Icons.run(), "Call", model::run);
        run.setId("host-call");
        run.getStyleClass().add(Styles.ACCENT);
        run.disableProperty().bind(model.runningProperty().or(Bindings.isEmpty(model.exports())));
        var row = Parts.toolRow(export, signature, arguments, text, run);
        row.getStyleClass().add("host-call-row");
        return row;
    }

    private ListView<StringCall.Step> steps() {
        steps.setId("host-steps");
        steps.setCellFactory(_ -> new StepCell());
        steps.setPlaceholder(
                new EmptyState(
                        Icons.host(),
                        "No call yet",
                        "A string in quotes is written into memory that the module allocates. Each step stands here and leads to its bytes."));
        steps.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                open(steps.getSelectionModel().getSelectedItem());
                event.consume();
            }
        });
        return steps;
    }

    private void open(StringCall.@Nullable Step step) {
        if (step != null) {
            step.at().ifPresent(model::open);
        }
    }

    private HBox foot() {
        var outcome = new Label();
        outcome.setId("host-outcome");
        outcome.textProperty().bind(model.outcomeProperty());
        outcome.getStyleClass().add("strong");
        model.failedProperty().subscribe(bad -> {
            outcome.getStyleClass().remove("error-text");
            if (bad) {
                outcome.getStyleClass().add("error-text");
            }
        });
        var row = Parts.footRow(outcome);
        row.visibleProperty().bind(model.outcomeProperty().isNotEmpty());
        row.managedProperty().bind(row.visibleProperty());
        return row;
    }

    private final class StepCell extends ListCell<StringCall.Step> {
        @Override
        protected void updateItem(StringCall.@Nullable Step step, boolean empty) {
            super.updateItem(step, empty);
            if (step == null || empty) {
                setGraphic(null);
                return;
            }
            var number = Parts.label(String.valueOf(getIndex() + 1), "dim", "host-step-number");
            var what = new Label(step.what());
            HBox.setHgrow(what, Priority.ALWAYS);
            what.setMaxWidth(Double.MAX_VALUE);
            var row = new HBox(number, what);
            row.getStyleClass().add("host-step");
            step.at()
                    .ifPresent(at -> row.getChildren()
                            .add(Parts.link(String.format(Locale.ROOT, "0x%x", at.address()), () -> model.open(at))));
            setGraphic(row);
        }
    }
}

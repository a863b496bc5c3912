package dev.wasmscope.plugins.kafka;

import dev.wasmscope.plugins.kafka.TasksViewModel.State;
import dev.wasmscope.views.spi.Workbench;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What to start on the left; what to produce and what becomes of it on the right.
final class TasksView {
    private final TasksViewModel model;
    private final TasksProgress progress;
    private final TextField module;
    private final Button toggle = new Button();
    private final SplitPane pane = new SplitPane();

    TasksView(TasksViewModel model, Workbench workbench) {
        this.model = model;
        this.progress = new TasksProgress(model, workbench);
        this.module = text("tasks-module", "A path, or sample:messages", model.moduleProperty());
        var right = new SplitPane(produceBox(), progress.node());
        right.setDividerPositions(0.36);
        pane.getItems().setAll(form(), right);
        pane.setDividerPositions(0.24);
        SplitPane.setResizableWithParent(pane.getItems().getFirst(), false);
    }

    Node node() {
        return pane;
    }

    void focus() {
        if (model.stateProperty().get() instanceof State.Running) {
            progress.focus();
        } else {
            module.requestFocus();
        }
    }

    private Node form() {
        var servers = text("tasks-servers", "A broker of our own", model.serversProperty());
        servers.setTooltip(new Tooltip("HOST:PORT of Kafka brokers; empty: a broker starts in this process"));
        var folder = text("tasks-folder", "A new folder", model.folderProperty());
        var connect = text("tasks-connect", "Nobody: HOST:PORT to allow", model.connectProperty());
        var form = new VBox(
                field("Module with Decaton's contract", module),
                field("Brokers", servers),
                field("Topic", text("tasks-topic", "", model.topicProperty())),
                field("Group", text("tasks-group", "", model.groupProperty())),
                field("Workers, each with an instance", threads()),
                field("Folder the module sees as /", folder),
                field("May connect to", connect));
        form.getStyleClass().add("form");
        form.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> !(model.stateProperty().get() instanceof State.Idle), model.stateProperty()));
        var scroll = new ScrollPane(new VBox(form, startRow()));
        scroll.setFitToWidth(true);
        scroll.setMinWidth(200);
        return scroll;
    }

    private Node startRow() {
        toggle.setId("tasks-toggle");
        toggle.setMaxWidth(Double.MAX_VALUE);
        toggle.setOnAction(_ -> {
            if (model.stateProperty().get() instanceof State.Running) {
                model.stop();
            } else {
                model.start();
            }
        });
        model.stateProperty().subscribe(this::show);
        var problem = new Label();
        problem.setId("tasks-problem");
        problem.getStyleClass().add("error-text");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.textProperty().bind(model.problemProperty());
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        var row = new VBox(toggle, problem);
        row.getStyleClass().add("form");
        return row;
    }

    private void show(State state) {
        toggle.getStyleClass().remove("accent");
        switch (state) {
            case State.Idle _ -> {
                toggle.setText("Start");
                toggle.getStyleClass().add("accent");
            }
            case State.Starting _ -> toggle.setText("Starting…");
            case State.Running _ -> toggle.setText("Stop");
            case State.Stopping _ -> toggle.setText("Stopping…");
        }
        toggle.setDisable(state instanceof State.Starting || state instanceof State.Stopping);
    }

    private Spinner<Integer> threads() {
        var spinner = new Spinner<Integer>(1, 64, model.threadsProperty().get());
        spinner.setId("tasks-threads");
        spinner.setEditable(true);
        spinner.setMaxWidth(Double.MAX_VALUE);
        spinner.valueProperty().subscribe(count -> model.threadsProperty().set(count));
        return spinner;
    }

    private static TextField text(String id, String prompt, StringProperty value) {
        var field = new TextField();
        field.setId(id);
        field.setPromptText(prompt);
        field.textProperty().bindBidirectional(value);
        return field;
    }

    private static Node field(String name, Node input) {
        var label = new Label(name);
        label.getStyleClass().add("dim");
        label.setLabelFor(input);
        var field = new VBox(label, input);
        field.getStyleClass().add("field");
        return field;
    }

    private Node produceBox() {
        var lines = new TextArea();
        lines.setId("tasks-lines");
        lines.getStyleClass().add("mono");
        lines.setPromptText("One task a line; KEY, tab, TASK gives it a key");
        lines.textProperty().bindBidirectional(model.linesProperty());
        lines.setOnKeyPressed(event -> {
            if (new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN).match(event)) {
                model.produce();
                event.consume();
            }
        });
        VBox.setVgrow(lines, Priority.ALWAYS);
        var produce = new Button("Produce");
        produce.setId("tasks-produce");
        produce.setTooltip(new Tooltip("Gives every line to the topic as a task (Ctrl+Enter)"));
        produce.setOnAction(_ -> model.produce());
        produce.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> !(model.stateProperty().get() instanceof State.Running), model.stateProperty()));
        var title = new Label("Tasks to produce");
        title.getStyleClass().add("strong");
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        var row = new HBox(title, produce);
        row.getStyleClass().add("tool-row");
        return new VBox(row, lines);
    }
}

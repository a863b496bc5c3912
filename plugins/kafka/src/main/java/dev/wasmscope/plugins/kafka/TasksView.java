package dev.wasmscope.plugins.kafka;

import dev.wasmscope.plugins.kafka.TasksViewModel.State;
import dev.wasmscope.views.spi.Workbench;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
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
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What to start on top; below it what becomes of it, what to produce and what the module writes.
final class TasksView {
    private static final double FIELD_WIDTH = 150;
    private static final double NARROW = 560;
    private static final double LOW = 240;

    private final TasksViewModel model;
    private final TasksProgress progress;
    private final TextField module;
    private final Button toggle = new Button();
    private final SplitPane texts;
    private final ScrollPane pane;

    TasksView(TasksViewModel model, Workbench workbench) {
        this.model = model;
        this.progress = new TasksProgress(model, workbench);
        this.module = text("tasks-module", "A path, or sample:messages", model.moduleProperty());
        texts = new SplitPane(produceBox(), progress.messages(), progress.output());
        texts.setDividerPositions(0.34, 0.67);
        VBox.setVgrow(texts, Priority.ALWAYS);
        // A low window scrolls, and does not push its tabs out of sight.
        texts.setMinHeight(LOW);
        pane = new ScrollPane(new VBox(form(), progress.facts(), texts));
        pane.setFitToWidth(true);
        pane.setFitToHeight(true);
        pane.setMinHeight(0);
        pane.widthProperty()
                .subscribe(width -> texts.setOrientation(
                        width.doubleValue() < NARROW ? Orientation.VERTICAL : Orientation.HORIZONTAL));
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
        module.setTooltip(new Tooltip("Exports memory and run, imports decaton.poll_task: Decaton's contract"));
        var servers = text("tasks-servers", "A broker of our own", model.serversProperty());
        servers.setTooltip(new Tooltip("HOST:PORT of Kafka brokers; empty: a broker starts in this process"));
        var folder = text("tasks-folder", "A new folder", model.folderProperty());
        var connect = text("tasks-connect", "Nobody", model.connectProperty());
        connect.setTooltip(new Tooltip("HOST:PORT, several with spaces between"));
        var fields = new FlowPane(
                8,
                4,
                field("Module", module),
                field("Brokers", servers),
                field("Topic", text("tasks-topic", "", model.topicProperty())),
                field("Group", text("tasks-group", "", model.groupProperty())),
                field("Workers", threads()),
                field("Folder it sees as /", folder),
                field("May connect to", connect));
        fields.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> !(model.stateProperty().get() instanceof State.Idle), model.stateProperty()));
        var form = new VBox(fields, startRow());
        form.getStyleClass().add("form");
        return form;
    }

    private Node startRow() {
        toggle.setId("tasks-toggle");
        toggle.setMinWidth(Region.USE_PREF_SIZE);
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
        HBox.setHgrow(problem, Priority.ALWAYS);
        var row = new HBox(10, toggle, problem);
        row.setAlignment(Pos.CENTER_LEFT);
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
        spinner.setTooltip(new Tooltip("Each has an instance of its own; a key's tasks go to one of them"));
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
        field.setPrefWidth(FIELD_WIDTH);
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
        produce.setMinWidth(Region.USE_PREF_SIZE);
        var title = new Label("Tasks to produce");
        title.getStyleClass().add("strong");
        title.setLabelFor(lines);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        var row = new HBox(title, produce);
        row.getStyleClass().add("tool-row");
        return new VBox(row, lines);
    }
}

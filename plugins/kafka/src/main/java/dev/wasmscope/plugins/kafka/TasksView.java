package dev.wasmscope.plugins.kafka;

import dev.wasmscope.plugins.kafka.TasksViewModel.State;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.spi.parts.ProblemLabel;
import dev.wasmscope.views.spi.parts.StartForm;
import dev.wasmscope.views.spi.parts.StartStop;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
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

/// What to start on top; below it what becomes of it, what to produce and what the module writes.
final class TasksView {
    private static final int MOST_WORKERS = 64;
    private static final double NARROW = 560;
    private static final double LOW = 120;

    private final TasksViewModel model;
    private final TasksProgress progress;
    private final TextField module;
    private final StartStop toggle;
    private final SplitPane texts;
    private final ScrollPane pane;

    TasksView(TasksViewModel model, Workbench workbench) {
        this.model = model;
        this.progress = new TasksProgress(model, workbench);
        this.toggle = new StartStop(
                model.stateProperty().map(TasksView::stage),
                new SimpleObjectProperty<>(true),
                model::start,
                model::stop);
        toggle.setId("tasks-toggle");
        var fields = new StartForm(toggle);
        this.module = fill(fields);
        texts = new SplitPane(produceBox(), progress.messages(), progress.output());
        texts.setDividerPositions(0.34, 0.67);
        VBox.setVgrow(texts, Priority.ALWAYS);
        pane = new ScrollPane(new VBox(form(fields), progress.facts(), texts));
        pane.setFitToWidth(true);
        pane.setFitToHeight(true);
        pane.setMinHeight(0);
        pane.widthProperty().subscribe(width -> {
            var narrow = width.doubleValue() < NARROW;
            texts.setOrientation(narrow ? Orientation.VERTICAL : Orientation.HORIZONTAL);
            // A low window scrolls, and does not push its tabs out of sight.
            texts.setMinHeight(narrow ? 3 * LOW : LOW);
        });
    }

    private static StartStop.Stage stage(State state) {
        return switch (state) {
            case State.Idle _ -> StartStop.Stage.STOPPED;
            case State.Starting _ -> StartStop.Stage.STARTING;
            case State.Running _ -> StartStop.Stage.RUNNING;
            case State.Stopping _ -> StartStop.Stage.STOPPING;
        };
    }

    Node node() {
        return pane;
    }

    void focus() {
        if (model.stateProperty().get() instanceof State.Running) {
            progress.focus();
        } else {
            // Shown for the first time, a scroll pane has no content before its style is applied.
            pane.applyCss();
            module.requestFocus();
        }
    }

    /// @return the first of them
    private TextField fill(StartForm fields) {
        var first = fields.addText(
                "Module",
                "Exports memory and run, imports decaton.poll_task: Decaton's contract",
                "tasks-module",
                "A path, or sample:messages",
                model.moduleProperty());
        fields.addText(
                "Brokers",
                "HOST:PORT of Kafka brokers; empty: a broker starts in this process",
                "tasks-servers",
                "A broker of our own",
                model.serversProperty());
        fields.addText("Topic", "Made with a broker of our own", "tasks-topic", "", model.topicProperty());
        fields.addText(
                "Group", "Of consumers: those of one group share the tasks", "tasks-group", "", model.groupProperty());
        fields.addCount(
                "Workers",
                "Each has an instance of its own; a key's tasks go to one of them",
                "tasks-threads",
                MOST_WORKERS,
                model.threadsProperty());
        fields.addText(
                "Folder it sees as /",
                "A folder of this machine; empty: a new one, which goes when it stops",
                "tasks-folder",
                "A new folder",
                model.folderProperty());
        fields.addText(
                "May connect to",
                "HOST:PORT, several with spaces between",
                "tasks-connect",
                "Nobody",
                model.connectProperty());
        return first;
    }

    private Node form(StartForm fields) {
        // They say what is to be started; what runs is one sentence.
        model.stateProperty().subscribe(state -> {
            fields.setDisable(!(state instanceof State.Idle));
            fields.setVisible(!(state instanceof State.Running));
            fields.setManaged(fields.isVisible());
        });
        var form = new VBox(fields, startRow());
        form.getStyleClass().add("form");
        return form;
    }

    private Node startRow() {
        var what = new Label();
        what.setId("tasks-status");
        what.getStyleClass().add("dim");
        what.setWrapText(true);
        what.textProperty().bind(model.stateProperty().map(TasksView::sentence));
        HBox.setHgrow(what, Priority.ALWAYS);
        var problem = new ProblemLabel(model.problemProperty());
        problem.setId("tasks-problem");
        var row = new HBox(10, toggle, what);
        row.setAlignment(Pos.CENTER_LEFT);
        return new VBox(6, row, problem);
    }

    private static String sentence(State state) {
        return switch (state) {
            case State.Idle _ -> "";
            case State.Starting _ -> "A broker of our own takes some seconds to start.";
            case State.Running(var tasks) -> {
                var settings = tasks.settings();
                yield "%s takes the tasks of topic %s at %s in group %s, %d at a time."
                        .formatted(
                                tasks.module().name(),
                                settings.topic(),
                                settings.bootstrapServers(),
                                settings.group(),
                                settings.threads());
            }
            case State.Stopping _ -> "What runs is finished and committed.";
        };
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
        produce.disableProperty().bind(model.stateProperty().map(state -> !(state instanceof State.Running)));
        produce.setMinWidth(Region.USE_PREF_SIZE);
        var title = new Label("Tasks to produce");
        title.getStyleClass().add("strong");
        title.setLabelFor(lines);
        title.setPadding(TasksProgress.TITLE);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        var row = new HBox(title, produce);
        row.getStyleClass().add("tool-row");
        return new VBox(row, lines);
    }
}

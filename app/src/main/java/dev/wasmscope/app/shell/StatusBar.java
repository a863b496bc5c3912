package dev.wasmscope.app.shell;

import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Pulse;
import dev.wasmscope.views.background.RunningTask;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.spi.StatusItem;
import dev.wasmscope.views.workspace.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// The bottom row: the module and its session at the left; work under way, facts of tools and the heap at the right.
final class StatusBar {
    private static final double MIB = 1 << 20;
    /// Of a task that is shown.
    private static final Duration TASK_AGE = Duration.ofMillis(250);

    private final HBox bar = new HBox();
    private final HBox tasks = new HBox();
    private final HBox items = new HBox();
    private final Label heap = Parts.label("");

    /// @param runtimeTitle the name for people of a runtime's id
    StatusBar(
            Workspace workspace,
            UnaryOperator<String> runtimeTitle,
            Background background,
            ObservableList<StatusItem> facts) {
        var running = background.tasks();
        bar.getStyleClass().add("status-bar");
        bar.setMinWidth(0);
        tasks.getStyleClass().add("status-group");
        items.getStyleClass().add("status-group");
        var module = new ModuleStatus(workspace, runtimeTitle);
        var heapFact = fact(Icons.heap(), heap);
        Tooltip.install(heapFact, new Tooltip("Java memory in use, and the most it may take"));
        bar.getChildren().addAll(module.node(), Parts.spacer(), tasks, items, heapFact);
        var grown = new PauseTransition(javafx.util.Duration.millis((double) TASK_AGE.toMillis()));
        grown.setOnFinished(_ -> showTasks(running));
        running.addListener((ListChangeListener<RunningTask>) _ -> {
            showTasks(running);
            grown.playFromStart();
        });
        facts.addListener((ListChangeListener<StatusItem>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(item -> items.getChildren().add(button(item)));
            }
        });
        new Pulse(background, Duration.ofMillis(500), module::poll).play();
        // A number that changes is a frame to be painted.
        new Pulse(background, Duration.ofSeconds(4), this::showHeap).play();
        showHeap();
    }

    Node node() {
        return bar;
    }

    static HBox fact(Node icon, Label text) {
        var fact = new HBox(icon, text);
        fact.getStyleClass().add("status-fact");
        return fact;
    }

    /// What is done in a moment is not worth a flicker.
    private void showTasks(ObservableList<RunningTask> running) {
        var shown = running.stream()
                .filter(task -> task.age().toMillis() >= TASK_AGE.toMillis())
                .toList();
        tasks.getChildren().clear();
        if (!shown.isEmpty()) {
            tasks.getChildren().add(task(shown.getFirst()));
        }
        if (shown.size() > 1) {
            tasks.getChildren().add(more(shown.subList(1, shown.size())));
        }
    }

    /// The row has room for one; a click lists the others, and choosing one cancels it.
    private static Node more(List<RunningTask> others) {
        var button = new MenuButton("and %d more".formatted(others.size()));
        button.setId("tasks-more");
        button.getStyleClass().addAll("status-button", "status-more");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setFocusTraversable(false);
        for (var other : others) {
            var item = new MenuItem("Cancel: " + other.title());
            item.setOnAction(_ -> other.cancel());
            button.getItems().add(item);
        }
        return button;
    }

    private static Node task(RunningTask task) {
        var title = Parts.label(task.title());
        var progress = new ProgressBar();
        progress.progressProperty().bind(task.progressProperty());
        progress.setMinWidth(Region.USE_PREF_SIZE);
        var cancel = Parts.iconButton(Icons.close(), "Cancel: " + task.title(), task::cancel);
        cancel.getStyleClass().add("status-cancel");
        cancel.setId("task-cancel");
        var row = new HBox(Icons.task(), title, progress, cancel);
        row.getStyleClass().add("status-fact");
        var step = new Tooltip();
        step.textProperty().bind(task.stepProperty());
        Tooltip.install(row, step);
        return row;
    }

    private static Node button(StatusItem item) {
        var button = new Button();
        button.setId("status-" + item.id());
        button.getStyleClass().add("status-button");
        button.setFocusTraversable(false);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setGraphic(item.icon().get());
        button.textProperty().bind(item.text());
        button.visibleProperty().bind(button.textProperty().isNotEmpty());
        button.managedProperty().bind(button.visibleProperty());
        button.setTooltip(new Tooltip(item.tip()));
        button.setOnAction(_ -> item.action().run());
        return button;
    }

    private void showHeap() {
        var runtime = Runtime.getRuntime();
        heap.setText("Heap %.0f / %.0f MiB"
                .formatted((runtime.totalMemory() - runtime.freeMemory()) / MIB, runtime.maxMemory() / MIB));
    }
}

package dev.wasmscope.plugins.kafka;

import dev.wasmscope.plugins.kafka.TasksViewModel.State;
import dev.wasmscope.views.spi.Workbench;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Counts, the file that grows, what the instances wrote, and the way to each instance.
final class TasksProgress {
    private static final double GAP = 16;
    /// Titles stand where the text below them begins.
    static final Insets TITLE = new Insets(0, 0, 0, 4);

    private final TasksViewModel model;
    private final Workbench workbench;
    private final Label processed = count("tasks-processed");
    private final Label retried = count("tasks-retried");
    private final Label dead = count("tasks-dead");
    private final Label behind = count("tasks-behind");
    private final Label time = new Label();
    private final Label lag = new Label();
    private final Label failure = new Label();
    private final FlowPane workers = new FlowPane(6, 4);
    private final TextArea messages = shown("tasks-messages", "The module has not written /messages yet.");
    private final TextArea output = shown("tasks-output", "The module has written nothing to its output.");
    private final VBox facts;
    private List<LiveTasks.Worker> listed = List.of();

    TasksProgress(TasksViewModel model, Workbench workbench) {
        this.model = model;
        this.workbench = workbench;
        lag.setWrapText(true);
        for (var label : List.of(time, lag)) {
            label.getStyleClass().add("dim");
        }
        failure.getStyleClass().add("warn-text");
        failure.setWrapText(true);
        var counts = new FlowPane(
                GAP,
                4,
                named("processed", processed),
                named("retried", retried),
                named("dead", dead),
                named("behind", behind),
                time);
        facts = new VBox(counts, lag, workers, failure);
        facts.getStyleClass().add("form");
        model.lookProperty().subscribe(this::show);
        model.stateProperty().subscribe(state -> workers.setDisable(!(state instanceof State.Running)));
    }

    /// Counts, lag, and the way to the instances.
    Node facts() {
        return facts;
    }

    Node messages() {
        return titled("/messages", messages);
    }

    Node output() {
        return titled("Output", output);
    }

    void focus() {
        messages.requestFocus();
    }

    private static Label count(String id) {
        var label = new Label("0");
        label.setId(id);
        label.getStyleClass().addAll("mono", "strong");
        return label;
    }

    private static Node named(String name, Label count) {
        var label = new Label(name);
        label.getStyleClass().add("muted");
        label.setMinWidth(Region.USE_PREF_SIZE);
        count.setMinWidth(Region.USE_PREF_SIZE);
        return new HBox(5, count, label);
    }

    private static TextArea shown(String id, String empty) {
        var area = new TextArea();
        area.setId(id);
        area.setEditable(false);
        area.setWrapText(true);
        area.setPromptText(empty);
        area.getStyleClass().add("mono");
        return area;
    }

    private static Node titled(String title, TextArea area) {
        var label = new Label(title);
        label.getStyleClass().add("strong");
        label.setLabelFor(area);
        label.setPadding(TITLE);
        var row = new HBox(label);
        row.getStyleClass().add("tool-row");
        VBox.setVgrow(area, Priority.ALWAYS);
        return new VBox(row, area);
    }

    private void show(LiveTasks.@Nullable Look look) {
        workers.setVisible(look != null);
        workers.setManaged(look != null);
        failure.setVisible(false);
        failure.setManaged(false);
        if (look == null) {
            lag.setText("Start, then produce: every task goes through a worker's instance, in order within its key.");
            return;
        }
        var counts = look.counts();
        processed.setText(number(counts.processed()));
        retried.setText(number(counts.retried()));
        dead.setText(number(counts.dead()));
        behind.setText(number(sum(counts.lag())));
        time.setText(RunReport.times(counts));
        lag.setText(lags(counts.lag()));
        failure.setText("The last failure: " + counts.lastFailure());
        failure.setVisible(!counts.lastFailure().isEmpty());
        failure.setManaged(failure.isVisible());
        put(messages, look.messages());
        put(output, look.output());
        list(look.workers());
    }

    private static long sum(Map<String, Long> lag) {
        return lag.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// Of each partition that has any; those of the retry topic wait for their time.
    private static String lags(Map<String, Long> lag) {
        var some = new StringBuilder();
        lag.forEach((partition, tasks) -> {
            if (tasks > 0) {
                some.append(some.isEmpty() ? "Behind: " : ", ")
                        .append(partition)
                        .append(' ')
                        .append(number(tasks));
            }
        });
        return some.isEmpty() ? "Nothing waits in %d partitions.".formatted(lag.size()) : some + ".";
    }

    private static void put(TextArea area, String text) {
        if (!area.getText().equals(text)) {
            area.setText(text);
            area.positionCaret(text.length());
            area.setScrollTop(Double.MAX_VALUE);
        }
    }

    private void list(List<LiveTasks.Worker> now) {
        if (now.equals(listed)) {
            return;
        }
        listed = now;
        workers.getChildren().clear();
        for (var worker : now) {
            var look = new Button("Look at instance " + worker.number());
            look.setTooltip(new Tooltip("Opens it like a module: memory, calls, output"));
            look.setOnAction(_ -> open(worker));
            workers.getChildren().add(look);
        }
    }

    private void open(LiveTasks.Worker worker) {
        if (model.stateProperty().get() instanceof State.Running(var tasks)) {
            workbench.open(tasks.module(), worker.instance());
        }
    }
}

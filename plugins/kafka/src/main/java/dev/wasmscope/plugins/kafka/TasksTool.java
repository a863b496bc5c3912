package dev.wasmscope.plugins.kafka;

import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Workbench;
import javafx.scene.Node;
import javafx.scene.shape.SVGPath;
import org.jspecify.annotations.Nullable;

/// A Kafka topic whose tasks a module processes.
final class TasksTool implements Tool {
    static final String ID = "tasks";

    private final Workbench workbench;
    private @Nullable TasksView view;

    TasksTool(Workbench workbench) {
        this.workbench = workbench;
        workbench.add(Command.of("tasks.show", "Process tasks of Kafka", "Tools", () -> workbench.show(ID)));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Tasks";
    }

    /// Three lines with a tick before each: a plugin does not see the program's icons.
    @Override
    public Node newIcon() {
        var icon = new SVGPath();
        icon.setContent("M1 3l1.5 1.5L5 2M1 8l1.5 1.5L5 7M1 13l1.5 1.5L5 12M7.5 3.5h7M7.5 8.5h7M7.5 13.5h7");
        icon.setStyle("-fx-fill: transparent; -fx-stroke: -color-fg-muted; -fx-stroke-width: 1.4;");
        icon.setAccessibleText(title());
        return icon;
    }

    @Override
    public Node node() {
        return view().node();
    }

    @Override
    public Place place() {
        return Place.CENTER_RIGHT;
    }

    @Override
    public void focus() {
        view().focus();
    }

    private TasksView view() {
        var shown = view;
        if (shown == null) {
            shown = new TasksView(new TasksViewModel(workbench.engine(), workbench.background()), workbench);
            view = shown;
        }
        return shown;
    }
}

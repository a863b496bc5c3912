package dev.wasmscope.views.latency;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.spi.StatusItem;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Workbench;
import java.io.IOException;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// Latency over TCP, Unix sockets and shared memory, live. Closed by whoever made it: servers and probe end with it.
public final class LatencyTool implements Tool, AutoCloseable {
    private final Workbench workbench;
    private final LatencyViewModel model;
    private @Nullable LatencyView view;

    /// @param directories where sockets and caches of the servers are
    public LatencyTool(Workbench workbench, Directories directories) {
        this.workbench = workbench;
        model = new LatencyViewModel(workbench.background(), directories);
        var active =
                Bindings.createBooleanBinding(() -> model.stateProperty().get().active(), model.stateProperty());
        workbench.add(Command.of("latency.start", "Measure latency", "Run", () -> {
                    workbench.show(id());
                    model.start();
                })
                .when(active.not()));
        workbench.add(new StatusItem(
                "latency",
                Icons::latency,
                Bindings.createStringBinding(model::brief, model.shown().snapshotProperty(), model.stateProperty()),
                "Median latency of the lanes that are measured",
                () -> workbench.show(id())));
        workbench.add(Command.of("latency.stop", "Stop measuring latency", "Run", model::stop)
                .when(active));
        ExportMenu.CHARTS.forEach(format -> workbench.add(exportCommand(format, "latency chart")));
        ExportMenu.NUMBERS.forEach(format -> workbench.add(exportCommand(format, "latency numbers")));
        workbench.add(Command.of("latency.open", "Open latency bundle or import figures", "Run", () -> {
            workbench.show(id());
            view().exports().askToOpen(view().getScene().getWindow());
        }));
        workbench.add(Command.of(
                "latency.copy.command",
                "Copy the command that measures latency like this",
                "Run",
                () -> view().exports().copyCommand()));
    }

    private Command exportCommand(String format, String what) {
        var something = Bindings.createBooleanBinding(
                () -> model.shown().snapshotProperty().get().isPresent(),
                model.shown().snapshotProperty());
        var title = "Export " + what + " as " + ExportMenu.title(format);
        return Command.of("latency.export." + format, title, "Run", () -> {
                    workbench.show(id());
                    view().exports().ask(view().getScene().getWindow(), format);
                })
                .when(something);
    }

    @Override
    public String id() {
        return "latency";
    }

    @Override
    public String title() {
        return "Latency";
    }

    @Override
    public Node newIcon() {
        return Icons.latency();
    }

    @Override
    public Node node() {
        return view();
    }

    private LatencyView view() {
        var made = view;
        if (made == null) {
            made = new LatencyView(model, workbench);
            view = made;
        }
        return made;
    }

    @Override
    public Place place() {
        return Place.BOTTOM_RIGHT;
    }

    @Override
    public void focus() {
        node().lookup("#latency-start").requestFocus();
    }

    @Override
    public void close() throws IOException {
        model.close();
    }
}

package dev.wasmscope.views.invoke;

import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.output.OutputLog;
import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.Workspace;
import java.time.Duration;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// Calls exported functions of the active module.
public final class InvokeTool implements Tool {
    public static final String ID = "invoke";

    private final Workbench workbench;
    private final Workspace workspace;
    private final InvokeViewModel model;
    private @Nullable InvokeView view;

    /// Adds the commands `invoke.run`, `invoke.stop` and `session.undo`.
    ///
    /// @param deadline of calls, unless the form says otherwise
    public InvokeTool(
            Workspace workspace,
            Workbench workbench,
            SampleCatalogue samples,
            OutputLog log,
            ObservableValue<Duration> deadline) {
        this.workbench = workbench;
        this.workspace = workspace;
        this.model = new InvokeViewModel(workspace, workbench.background(), new CallForm(samples, deadline), log);
        workbench.add(Command.of("invoke.run", "Call the Chosen Function", "Run", this::run)
                .withKey("F5")
                .when(model.readyProperty()));
        workbench.add(Command.of("invoke.stop", "Stop the Call", "Run", model::stop)
                .withKey("Shift+F5")
                .when(model.runningProperty()));
        workbench.add(Command.of("session.undo", "Undo the Last Call or Edit", "Edit", model::undo)
                .withKey("Shortcut+Z")
                .when(model.undoableProperty()));
        workbench.add(Command.of("session.restart", "Start the Module Anew", "Run", model::restart));
    }

    private void run() {
        workbench.show(ID);
        model.run();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Invoke";
    }

    @Override
    public Node newIcon() {
        return Icons.invoke();
    }

    @Override
    public Node node() {
        return view();
    }

    private InvokeView view() {
        if (view == null) {
            view = new InvokeView(model, workbench::go, workbench.background());
        }
        return view;
    }

    @Override
    public Place place() {
        return Place.RIGHT;
    }

    @Override
    public boolean accepts(Location location) {
        return location instanceof Location.Export;
    }

    @Override
    public void open(Location location) {
        if (location instanceof Location.Export(ModuleDocument module, var name)) {
            workspace.activate(module);
            var _ = model.form().choose(name);
        }
    }

    @Override
    public void focus() {
        view().focusFirst();
    }
}

package dev.wasmscope.views.trace;

import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.Workspace;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// What the active module asks of its host, call by call.
public final class WasiTraceTool implements Tool {
    public static final String ID = "wasi-trace";

    private final TraceViewModel model;
    private final Background background;
    private @Nullable TraceView view;

    /// Adds the command `wasi.trace`.
    public WasiTraceTool(Workspace workspace, Workbench workbench) {
        model = new TraceViewModel(workspace, workbench);
        background = workbench.background();
        workbench.add(Command.of("wasi.trace", "Trace WASI Calls, or No More", "Run", () -> {
                    model.trace(!model.tracedProperty().get());
                    workbench.show(ID);
                })
                .when(model.possibleProperty()));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Host calls";
    }

    @Override
    public Node newIcon() {
        return Icons.hostCalls();
    }

    @Override
    public Node node() {
        return view();
    }

    @Override
    public Place place() {
        return Place.BOTTOM_LEFT;
    }

    @Override
    public void focus() {
        view().focusTable();
    }

    private TraceView view() {
        if (view == null) {
            view = new TraceView(model, background);
        }
        return view;
    }
}

package dev.wasmscope.views.explorer;

import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.workspace.Workspace;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// Name, makers, features, validity and state of the active module.
public final class ModuleFactsTool implements Tool {
    public static final String ID = "module-facts";

    private final Workspace workspace;
    private @Nullable FactsView view;

    public ModuleFactsTool(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Facts";
    }

    @Override
    public Node newIcon() {
        return Icons.info();
    }

    @Override
    public Node node() {
        if (view == null) {
            view = new FactsView(new FactsViewModel(workspace));
        }
        return view;
    }

    @Override
    public Place place() {
        return Place.LEFT;
    }
}

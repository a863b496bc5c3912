package dev.wasmscope.views.host;

import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.StatusItem;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.Workspace;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// What the active module is made for, its imports by hand, and calls with strings.
public final class HostTool implements Tool {
    public static final String ID = "host";

    private final ImportsModel imports;
    private final StringCallModel calls;
    private @Nullable HostView view;

    /// Adds a fact to the status bar: the profile.
    public HostTool(Workspace workspace, Workbench workbench) {
        imports = new ImportsModel(workspace);
        calls = new StringCallModel(workspace, workbench, imports.formProperty());
        workbench.add(new StatusItem(
                "profile",
                Icons::hostCalls,
                imports.profileProperty(),
                "The host that the module is made for. Click for its imports",
                () -> workbench.show(ID)));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Host";
    }

    @Override
    public Node newIcon() {
        return Icons.host();
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
        view().focusFirst();
    }

    private HostView view() {
        if (view == null) {
            view = new HostView(imports, calls);
        }
        return view;
    }
}

package dev.wasmscope.views.explorer;

import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.Workspace;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// The tree of open modules and samples.
public final class ModulesTool implements Tool {
    public static final String ID = "modules";

    private final Workspace workspace;
    private final Workbench workbench;
    private final SampleCatalogue samples;
    private final Runnable openDialog;
    private @Nullable ModulesView view;

    /// @param openDialog lets the user choose files to open
    public ModulesTool(Workspace workspace, Workbench workbench, SampleCatalogue samples, Runnable openDialog) {
        this.workspace = workspace;
        this.workbench = workbench;
        this.samples = samples;
        this.openDialog = openDialog;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Modules";
    }

    @Override
    public Node newIcon() {
        return Icons.modules();
    }

    @Override
    public Node node() {
        return view();
    }

    @Override
    public Place place() {
        return Place.LEFT;
    }

    @Override
    public void focus() {
        view().focusTree();
    }

    private ModulesView view() {
        if (view == null) {
            var entries = samples.samples().stream()
                    .map(sample -> new Entry.Sample(sample.name(), sample.title(), sample.description()))
                    .toList();
            view = new ModulesView(new ModulesViewModel(workspace, workbench, entries), openDialog);
        }
        return view;
    }
}

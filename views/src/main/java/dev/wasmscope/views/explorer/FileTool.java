package dev.wasmscope.views.explorer;

import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.Workspace;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// The file of the active module: a list of its sections and all of its bytes.
public final class FileTool implements Tool {
    public static final String ID = "file";

    private final Workspace workspace;
    private final Workbench workbench;
    private @Nullable FileView view;

    public FileTool(Workspace workspace, Workbench workbench) {
        this.workspace = workspace;
        this.workbench = workbench;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "File";
    }

    @Override
    public Node newIcon() {
        return Icons.sections();
    }

    @Override
    public Node node() {
        return view();
    }

    @Override
    public Place place() {
        return Place.CENTER;
    }

    @Override
    public boolean accepts(Location location) {
        return location instanceof Location.FileBytes(var module, var _, var _) && module instanceof ModuleDocument;
    }

    @Override
    public void open(Location location) {
        if (location instanceof Location.FileBytes place) {
            view().open(place);
        }
    }

    @Override
    public void focus() {
        view().focusSections();
    }

    private FileView view() {
        if (view == null) {
            view = new FileView(new FileViewModel(workspace), workbench);
        }
        return view;
    }
}

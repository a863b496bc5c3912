package dev.wasmscope.views.explorer;

import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.Workspace;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// What the active module takes from its host and what it offers, as a table.
public final class ImportsExportsTool implements Tool {
    public static final String ID = "imports-exports";

    private final Workspace workspace;
    private final Workbench workbench;
    private @Nullable LinksView view;

    public ImportsExportsTool(Workspace workspace, Workbench workbench) {
        this.workspace = workspace;
        this.workbench = workbench;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Imports & exports";
    }

    @Override
    public Node newIcon() {
        return Icons.exports();
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
    public void focus() {
        view().focusTable();
    }

    @Override
    public boolean accepts(Location location) {
        return location instanceof Location.Import;
    }

    @Override
    public void open(Location location) {
        if (location instanceof Location.Import(ModuleDocument module, var position)) {
            workspace.activate(module);
            view().select(position);
        }
    }

    private LinksView view() {
        if (view == null) {
            view = new LinksView(new LinksViewModel(workspace, workbench));
        }
        return view;
    }
}

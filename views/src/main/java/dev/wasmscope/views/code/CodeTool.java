package dev.wasmscope.views.code;

import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.Workspace;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// The disassembly of one function of the active module.
public final class CodeTool implements Tool {
    public static final String ID = "code";

    private final CodeViewModel model;
    private final Workbench workbench;
    private @Nullable CodeView view;

    public CodeTool(Workspace workspace, Workbench workbench) {
        this.model = new CodeViewModel(workspace, workbench);
        this.workbench = workbench;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Code";
    }

    @Override
    public Node newIcon() {
        return Icons.code();
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
        return location instanceof Location.Function;
    }

    @Override
    public void open(Location location) {
        if (location instanceof Location.Function function) {
            model.open(function);
        }
    }

    @Override
    public void focus() {
        view().focusWork();
    }

    private CodeView view() {
        if (view == null) {
            view = new CodeView(model, workbench.background());
        }
        return view;
    }
}

package dev.wasmscope.plugins.gateway.view;

import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Workbench;
import javafx.scene.Node;
import javafx.scene.shape.SVGPath;
import org.jspecify.annotations.Nullable;

/// An HTTP gateway whose filter is the module that is looked at.
final class GatewayTool implements Tool {
    static final String ID = "gateway";

    private final Workbench workbench;
    private @Nullable GatewayView view;

    GatewayTool(Workbench workbench) {
        this.workbench = workbench;
        workbench.add(Command.of("gateway.show", "Pass HTTP through a filter", "Tools", () -> workbench.show(ID)));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Gateway";
    }

    /// Two arrows through a wall: a plugin does not see the program's icons.
    @Override
    public Node newIcon() {
        var icon = new SVGPath();
        icon.setContent("M8 1v3M8 7v2M8 12v3M1 5.5h13M11.5 3l2.5 2.5L11.5 8M15 10.5H2M4.5 8L2 10.5 4.5 13");
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
        return Place.BOTTOM_RIGHT;
    }

    @Override
    public void focus() {
        view().focus();
    }

    private GatewayView view() {
        var shown = view;
        if (shown == null) {
            shown = new GatewayView(new GatewayViewModel(workbench.engine(), workbench.background()), workbench);
            view = shown;
        }
        return shown;
    }
}

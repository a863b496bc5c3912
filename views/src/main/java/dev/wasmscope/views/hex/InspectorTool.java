package dev.wasmscope.views.hex;

import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Tool;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// The bytes at the Memory tool's cursor as every type.
public final class InspectorTool implements Tool {
    private final InspectorModel model;
    private final HexModel hex;
    private @Nullable InspectorView view;

    public InspectorTool(MemoryTool memory) {
        model = memory.inspector();
        hex = memory.hex();
    }

    @Override
    public String id() {
        return "inspector";
    }

    @Override
    public String title() {
        return "Inspector";
    }

    @Override
    public Node newIcon() {
        return Icons.inspector();
    }

    @Override
    public Node node() {
        if (view == null) {
            view = new InspectorView(model, hex);
        }
        return view;
    }

    @Override
    public Place place() {
        return Place.RIGHT;
    }
}

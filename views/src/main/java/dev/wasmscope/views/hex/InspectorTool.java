package dev.wasmscope.views.hex;

import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Tool;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// The bytes at the Memory tool's cursor as every type.
public final class InspectorTool implements Tool {
    private final InspectedMemory memory;
    private @Nullable InspectorView view;

    public InspectorTool(InspectedMemory memory) {
        this.memory = memory;
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
            view = new InspectorView(memory.inspector(), memory.model().hex());
        }
        return view;
    }

    @Override
    public Place place() {
        return Place.RIGHT;
    }
}

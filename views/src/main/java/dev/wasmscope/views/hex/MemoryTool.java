package dev.wasmscope.views.hex;

import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Workbench;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// The linear memories of the active module: live bytes, what the last call changed, go-to, editing with undo.
public final class MemoryTool implements Tool {
    private final Workbench workbench;
    private final InspectedMemory memory;
    private @Nullable MemoryView view;

    public MemoryTool(Workbench workbench, InspectedMemory memory) {
        this.workbench = workbench;
        this.memory = memory;
        workbench.add(Command.of("memory.go-to", "Go to Address in Memory…", "", this::askForAddress)
                .withKey("Shortcut+G"));
    }

    @Override
    public String id() {
        return "memory";
    }

    @Override
    public String title() {
        return "Memory";
    }

    @Override
    public Node newIcon() {
        return Icons.memory();
    }

    @Override
    public Node node() {
        return view();
    }

    private MemoryView view() {
        if (view == null) {
            view = new MemoryView(
                    memory.model(), memory.inspector(), workbench.paletteProperty(), workbench.background());
        }
        return view;
    }

    @Override
    public Place place() {
        return Place.CENTER_RIGHT;
    }

    @Override
    public boolean accepts(Location location) {
        return location instanceof Location.Memory;
    }

    @Override
    public void open(Location location) {
        if (location instanceof Location.Memory place) {
            memory.model().open(place);
        }
    }

    @Override
    public void focus() {
        view().focusBytes();
    }

    /// What the canvas shows, for tests.
    public HexAccess access() {
        return view().hex().access();
    }

    private void askForAddress() {
        workbench.show(id());
        view().focusGoTo();
    }
}

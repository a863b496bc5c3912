package dev.wasmscope.app.shell;

import dev.wasmscope.views.spi.Tool;
import javafx.scene.Node;

/// A tool whose contents cannot be made.
record HollowTool(Tool outside) implements Tool {
    @Override
    public String id() {
        return outside.id();
    }

    @Override
    public String title() {
        return outside.title();
    }

    @Override
    public Node newIcon() {
        return outside.newIcon();
    }

    @Override
    public Node node() {
        throw new IllegalStateException("nothing inside");
    }

    @Override
    public Place place() {
        return outside.place();
    }
}

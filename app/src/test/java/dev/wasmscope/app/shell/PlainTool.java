package dev.wasmscope.app.shell;

import dev.wasmscope.app.shell.BuiltIns.BuiltIn;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Tool;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import org.jspecify.annotations.Nullable;

/// A tool that is nothing but a text field: for tests of what lies around tools.
record PlainTool(String id, String title, Place place, TextField field) implements Tool {
    PlainTool(String id, String title, Place place) {
        this(id, title, place, new TextField(title));
    }

    static BuiltIn builtIn(String id, String title, Place place) {
        return new BuiltIn(title, _ -> new PlainTool(id, title, place));
    }

    /// One for each place, as the pictures have them.
    static List<BuiltIn> set() {
        return List.of(
                builtIn("explorer", "Modules", Place.LEFT),
                builtIn("code", "Code", Place.CENTER),
                builtIn("file", "File", Place.CENTER),
                builtIn("memory", "Memory", Place.CENTER_RIGHT),
                builtIn("invoke", "Invoke", Place.RIGHT),
                builtIn("console", "Console", Place.BOTTOM_LEFT),
                builtIn("output", "Output", Place.BOTTOM_LEFT),
                builtIn("latency", "Latency", Place.BOTTOM_RIGHT));
    }

    @Override
    public Node newIcon() {
        return Icons.code();
    }

    @Override
    public Node node() {
        return field;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}

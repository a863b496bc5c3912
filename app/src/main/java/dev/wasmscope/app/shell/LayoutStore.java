package dev.wasmscope.app.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wasmscope.app.settings.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The window's layout and size on disk: `layouts/window.json`.
final class LayoutStore {
    private static final int VERSION = 1;

    private final JsonFile file;

    /// @param folder the user's state directory
    LayoutStore(Path folder) {
        file = new JsonFile(folder.resolve("layouts").resolve("window.json"));
    }

    /// @param layout empty where every tool was closed
    /// @param closed tools that had no tab
    record Saved(
            Optional<Layout> layout,
            List<String> closed,
            @Nullable Bounds bounds) {}

    record Bounds(double x, double y, double width, double height, boolean maximized) {}

    JsonFile.Loaded<Saved> load() {
        return file.load(LayoutStore::read);
    }

    void save(Saved saved) throws IOException {
        file.save(write(saved));
    }

    private static JsonNode write(Saved saved) {
        var root = JsonNodeFactory.instance.objectNode();
        root.put("version", VERSION);
        saved.layout.ifPresent(layout -> root.set("layout", layout.toJson()));
        var closed = root.putArray("closed");
        saved.closed.forEach(closed::add);
        var bounds = saved.bounds;
        if (bounds != null) {
            var window = root.putObject("window");
            window.put("x", bounds.x).put("y", bounds.y);
            window.put("width", bounds.width).put("height", bounds.height);
            window.put("maximized", bounds.maximized);
        }
        return root;
    }

    private static Saved read(JsonNode root) {
        if (root.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException("it has version " + root.path("version") + ", not " + VERSION);
        }
        var closed = new ArrayList<String>();
        root.path("closed").forEach(id -> closed.add(id.asText()));
        var layout = root.has("layout") ? Optional.of(Layout.of(root.get("layout"))) : Optional.<Layout>empty();
        return new Saved(layout, closed, root.has("window") ? bounds(root.get("window")) : null);
    }

    private static Bounds bounds(JsonNode window) {
        var width = window.path("width").asDouble();
        var height = window.path("height").asDouble();
        if (!(width >= 200 && height >= 200 && width < 1e5 && height < 1e5)) {
            throw new IllegalArgumentException("the window is %.0f by %.0f".formatted(width, height));
        }
        return new Bounds(
                window.path("x").asDouble(),
                window.path("y").asDouble(),
                width,
                height,
                window.path("maximized").asBoolean());
    }
}

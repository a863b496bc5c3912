package dev.wasmscope.views.spi;

import dev.wasmscope.views.background.Background;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.jspecify.annotations.Nullable;

/// What the window offers to a tool. UI thread only.
public interface Workbench {
    /// The module that is looked at; null when none is open.
    ReadOnlyObjectProperty<@Nullable OpenModule> activeModuleProperty();

    /// Shows a location in the tool that accepts it and remembers it for back and forward.
    void go(Location location);

    /// Brings a tool to the front and focuses it.
    void show(String toolId);

    void notify(Notice notice);

    /// Adds a command to palette and menus. The window gives the commands `invoke.run` and `invoke.stop` a button
    /// in the title bar.
    void add(Command command);

    /// Adds a fact to the right of the status bar: a server one is connected to.
    void add(StatusItem item);

    Background background();

    /// For what CSS cannot reach: canvases and charts repaint when it changes.
    ReadOnlyObjectProperty<Palette> paletteProperty();
}

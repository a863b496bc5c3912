package dev.wasmscope.views.spi;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.ModuleSource;
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

    /// For hosts that run modules of their own. May be asked from any thread.
    Engine engine();

    /// Opens an instance of a host like a module of the user's: memory, calls and output of it are looked at with the
    /// tools of the window, in turn with its host. Where it is open already, it comes to the front.
    ///
    /// @param module what the instance was made of
    OpenModule open(ModuleSource module, HostedInstance instance);

    /// For what CSS cannot reach: canvases and charts repaint when it changes.
    ReadOnlyObjectProperty<Palette> paletteProperty();
}

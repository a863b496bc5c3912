package dev.wasmscope.views.spi;

import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Session;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.jspecify.annotations.Nullable;

/// A module that is open in the window. UI thread only.
public interface OpenModule {
    ModuleSource source();

    /// The session that is looked at; null until the module was instantiated and after it was closed.
    ReadOnlyObjectProperty<@Nullable Session> sessionProperty();
}

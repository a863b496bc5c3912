package dev.wasmscope.engine.spi;

import java.io.IOException;
import java.util.List;

/// What the engine offers to plugins. From any thread.
public interface Engine {
    /// Reads a module.
    ///
    /// @param file a path, or `sample:NAME`
    /// @throws IOException with a sentence that says what to do next
    ModuleSource read(String file) throws IOException;

    /// The default first.
    List<WasmRuntime> runtimes();

    /// Brings a module to life for a host that calls it on threads of its own. `_initialize` is called where the module
    /// exports it; `_start` never is.
    ///
    /// @throws InstantiationFailedException when the module cannot be brought to life; carries the outcome to show
    HostedInstance host(HostingRequest request) throws InstantiationFailedException;
}

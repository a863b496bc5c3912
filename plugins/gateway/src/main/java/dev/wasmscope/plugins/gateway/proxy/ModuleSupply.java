package dev.wasmscope.plugins.gateway.proxy;

import dev.wasmscope.engine.spi.ModuleSource;
import java.io.IOException;

/// Gives a filter's module as it is now. From any thread.
@FunctionalInterface
public interface ModuleSupply {
    /// @throws IOException with a sentence
    ModuleSource read() throws IOException;
}

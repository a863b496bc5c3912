package dev.wasmscope.engine.spi;

import java.util.List;

/// One function a host offers.
public record HostFunction(String name, FunctionType type, Body body) {
    @FunctionalInterface
    public interface Body {
        /// Runs on the session's thread. The deadline is not armed meanwhile, so that an interrupt can never close
        /// a file or socket of the host.
        ///
        /// @return as many values as the type has results
        List<Value> call(GuestMemory memory, List<Value> arguments);
    }
}

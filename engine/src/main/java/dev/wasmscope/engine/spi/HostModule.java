package dev.wasmscope.engine.spi;

import java.util.List;

/// Named functions a host offers to guests.
public interface HostModule {
    /// The import module name: `env`, `wasi_snapshot_preview1`.
    String name();

    List<HostFunction> functions();
}

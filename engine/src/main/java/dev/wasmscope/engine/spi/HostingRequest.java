package dev.wasmscope.engine.spi;

import java.util.List;
import java.util.Optional;

/// How to bring a module to life for a host of a plugin's own.
///
/// @param title for people who look at the instance: `filter.wasm 3 of 10`
/// @param runtime id of a [WasmRuntime]
/// @param memoryKind tracked where changes of each call are to be seen
/// @param wasi what a WASI guest is given; empty leaves WASI imports unmet
/// @param hosts offered to this instance only, before what the engine offers itself
/// @param stubUnmet unmet functions trap by name when called, unmet memories, tables and globals are empty ones of the
///     instance's own, instead of being rejected
public record HostingRequest(
        ModuleSource module,
        String title,
        String runtime,
        MemoryKind memoryKind,
        Limits limits,
        Optional<WasiGrants> wasi,
        List<HostModule> hosts,
        boolean stubUnmet) {
    public HostingRequest {
        hosts = List.copyOf(hosts);
    }

    /// Compiler, plain memory, default limits, no WASI, nothing stubbed.
    public static HostingRequest of(ModuleSource module, String title, HostModule... hosts) {
        return new HostingRequest(
                module, title, "compiler", MemoryKind.PLAIN, Limits.DEFAULT, Optional.empty(), List.of(hosts), false);
    }

    public HostingRequest withLimits(Limits other) {
        return new HostingRequest(module, title, runtime, memoryKind, other, wasi, hosts, stubUnmet);
    }

    public HostingRequest withMemory(MemoryKind other) {
        return new HostingRequest(module, title, runtime, other, limits, wasi, hosts, stubUnmet);
    }

    public HostingRequest withWasi(WasiGrants granted) {
        return new HostingRequest(module, title, runtime, memoryKind, limits, Optional.of(granted), hosts, stubUnmet);
    }
}

package dev.wasmscope.engine.spi;

import java.util.Map;
import java.util.Optional;

/// How to open a session.
///
/// @param runtime id of a [WasmRuntime]: `compiler` or `interpreter` of the built-in ones
/// @param links import module name -> open session whose exports satisfy it
/// @param wasi what a WASI guest is given; empty leaves WASI imports unmet
/// @param stubUnmet unmet function imports trap by name when called, instead of being rejected at instantiation
public record SessionRequest(
        ModuleSource module,
        String runtime,
        Placement placement,
        MemoryKind memoryKind,
        Limits limits,
        Optional<WasiGrants> wasi,
        Map<String, Session> links,
        boolean stubUnmet) {
    public SessionRequest {
        links = Map.copyOf(links);
    }

    /// Compiler, this process, tracked memory, default limits, WASI with nothing granted.
    public static SessionRequest of(ModuleSource module) {
        return new SessionRequest(
                module,
                "compiler",
                Placement.IN_PROCESS,
                MemoryKind.TRACKED,
                Limits.DEFAULT,
                Optional.of(WasiGrants.NONE),
                Map.of(),
                false);
    }
}

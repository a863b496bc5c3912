package dev.wasmscope.engine.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How to open a session.
///
/// @param runtime id of a [WasmRuntime]: `compiler` or `interpreter` of the built-in ones
/// @param links import module name -> open session whose exports satisfy it
/// @param wasi what a WASI guest is given; empty leaves WASI imports unmet
/// @param stubUnmet unmet functions trap by name when called, unmet memories, tables and globals are empty ones of the
///     instance's own, instead of being rejected at instantiation
/// @param stubs imports that the user defines by hand; they come before what anybody else offers
/// @param traceWasi WASI calls are written down from the first on, those of a start function included
public record SessionRequest(
        ModuleSource module,
        String runtime,
        Placement placement,
        MemoryKind memoryKind,
        Limits limits,
        Optional<WasiGrants> wasi,
        Map<String, Session> links,
        boolean stubUnmet,
        List<HostStub> stubs,
        boolean traceWasi) {
    public SessionRequest {
        stubs = List.copyOf(stubs);
        links = Map.copyOf(links);
    }

    /// Without a trace.
    public SessionRequest(
            ModuleSource module,
            String runtime,
            Placement placement,
            MemoryKind memoryKind,
            Limits limits,
            Optional<WasiGrants> wasi,
            Map<String, Session> links,
            boolean stubUnmet) {
        this(module, runtime, placement, memoryKind, limits, wasi, links, stubUnmet, List.of(), false);
    }

    public SessionRequest withWasi(Optional<WasiGrants> other) {
        return new SessionRequest(
                module, runtime, placement, memoryKind, limits, other, links, stubUnmet, stubs, traceWasi);
    }

    public SessionRequest withRuntime(String other) {
        return new SessionRequest(
                module, other, placement, memoryKind, limits, wasi, links, stubUnmet, stubs, traceWasi);
    }

    public SessionRequest withPlacement(Placement other) {
        return new SessionRequest(module, runtime, other, memoryKind, limits, wasi, links, stubUnmet, stubs, traceWasi);
    }

    public SessionRequest withLinks(Map<String, Session> other) {
        return new SessionRequest(
                module, runtime, placement, memoryKind, limits, wasi, other, stubUnmet, stubs, traceWasi);
    }

    public SessionRequest withStubs(boolean other) {
        return new SessionRequest(module, runtime, placement, memoryKind, limits, wasi, links, other, stubs, traceWasi);
    }

    public SessionRequest withStubs(List<HostStub> other) {
        return new SessionRequest(
                module, runtime, placement, memoryKind, limits, wasi, links, stubUnmet, other, traceWasi);
    }

    public SessionRequest withTrace(boolean other) {
        return new SessionRequest(module, runtime, placement, memoryKind, limits, wasi, links, stubUnmet, stubs, other);
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

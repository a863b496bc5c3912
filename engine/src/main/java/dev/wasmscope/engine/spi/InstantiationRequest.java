package dev.wasmscope.engine.spi;

import java.util.List;
import java.util.Map;

/// What a runtime needs to bring a module to life.
///
/// @param links import module name -> instance whose exports satisfy it
public record InstantiationRequest(
        ModuleSource module,
        MemoryKind memoryKind,
        Limits limits,
        List<HostModule> hostModules,
        Map<String, GuestInstance> links,
        boolean stubUnmet) {
    public InstantiationRequest {
        hostModules = List.copyOf(hostModules);
        links = Map.copyOf(links);
    }
}

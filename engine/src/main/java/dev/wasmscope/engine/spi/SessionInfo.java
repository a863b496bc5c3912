package dev.wasmscope.engine.spi;

import java.util.List;

/// What stays the same while a session is open.
///
/// @param id unique in this process
/// @param runtime id of the [WasmRuntime]
/// @param exports in the module's order
public record SessionInfo(
        String id,
        String module,
        String runtime,
        Placement placement,
        MemoryKind memoryKind,
        Limits limits,
        List<ExportInfo> exports) {
    public SessionInfo {
        exports = List.copyOf(exports);
    }
}

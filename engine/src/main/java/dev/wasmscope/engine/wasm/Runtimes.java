package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.WasmRuntime;
import java.util.List;

/// The runtimes that are always there, for programs that open no sessions.
public final class Runtimes {
    private Runtimes() {}

    /// Chicory's compiler, then its interpreter. Their guests share three fifths of this Java's heap.
    public static List<WasmRuntime> builtIn() {
        var budget = HeapBudget.ofThisJava();
        return List.of(ChicoryRuntime.compiler(budget), ChicoryRuntime.interpreter(budget));
    }
}

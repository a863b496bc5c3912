package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.Placement;

class CompilerInChildSessionTest extends SessionContract {
    CompilerInChildSessionTest() {
        super("compiler", Placement.CHILD);
    }
}

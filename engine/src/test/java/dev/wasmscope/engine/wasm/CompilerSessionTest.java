package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.Placement;

class CompilerSessionTest extends SessionContract {
    CompilerSessionTest() {
        super("compiler", Placement.IN_PROCESS);
    }
}

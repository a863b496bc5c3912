package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.Placement;

class InterpreterSessionTest extends SessionContract {
    InterpreterSessionTest() {
        super("interpreter", Placement.IN_PROCESS);
    }
}

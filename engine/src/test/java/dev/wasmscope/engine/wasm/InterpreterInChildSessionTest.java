package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.Placement;

class InterpreterInChildSessionTest extends SessionContract {
    InterpreterInChildSessionTest() {
        super("interpreter", Placement.CHILD);
    }
}

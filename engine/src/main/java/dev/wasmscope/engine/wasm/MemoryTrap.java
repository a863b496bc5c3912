package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.WasmRuntimeException;

/// An access outside a linear memory, with the address it went to.
final class MemoryTrap extends WasmRuntimeException {
    private static final long serialVersionUID = 1L;
    private final long address;

    MemoryTrap(long address) {
        super("out of bounds memory access");
        this.address = address;
    }

    /// Base and offset together: more than 32 bits where they are too large.
    long address() {
        return address;
    }
}

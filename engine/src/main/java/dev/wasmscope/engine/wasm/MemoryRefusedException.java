package dev.wasmscope.engine.wasm;

/// A memory that would be larger than its limit or than what the heap has left. The message is a sentence.
final class MemoryRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MemoryRefusedException(String message) {
        super(message);
    }
}

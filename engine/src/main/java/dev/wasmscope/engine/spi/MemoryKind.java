package dev.wasmscope.engine.spi;

/// How linear memory is kept; chosen at instantiation.
public enum MemoryKind {
    /// For servers and benchmarks: nothing is recorded.
    PLAIN,
    /// For sessions that are looked at: dirty pages by epoch, hence changed bytes and undo.
    TRACKED
}

package dev.wasmscope.engine.spi;

/// Where a session's instance lives.
public enum Placement {
    IN_PROCESS,
    CHILD
}

package dev.wasmscope.engine.redis.wasm;

/// Where a server's Redis has its time from.
public enum ClockMode {
    /// The host's clock, put in before each turn: keys expire and clients time out as anywhere.
    WALL,
    /// Redis's own, which stands still but for the steps of its looks at it: the same inputs give the same outputs.
    /// Nothing expires while nobody asks.
    LOGICAL
}

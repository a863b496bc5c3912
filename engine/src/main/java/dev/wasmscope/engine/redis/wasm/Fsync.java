package dev.wasmscope.engine.redis.wasm;

/// When a journal is forced to the disk. Redis's own words and meanings.
public enum Fsync {
    /// Before a reply leaves: nothing acknowledged is lost, whatever happens.
    ALWAYS,
    /// Once a second: a power cut costs at most that much; the end of the process costs nothing.
    EVERYSEC,
    /// When the system likes.
    NO
}

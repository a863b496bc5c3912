package dev.wasmscope.engine.spi;

/// A global of an instance with its present value.
///
/// @param index in the global index space
/// @param name from an export or the name section, else `global[N]`
public record GlobalValue(int index, String name, boolean mutable, Value value) {}

package dev.wasmscope.engine.spi;

/// Captured output.
///
/// @param from position of the first byte; larger than asked for where older bytes were dropped
@SuppressWarnings("ArrayRecordComponent") // a copy that is handed over, never compared
public record OutputCopy(long from, byte[] bytes) {}

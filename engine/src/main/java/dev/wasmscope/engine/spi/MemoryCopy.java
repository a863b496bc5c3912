package dev.wasmscope.engine.spi;

/// Bytes of a linear memory, copied.
///
/// @param live copied while the guest ran, so it may mix moments
/// @param bytes belong to the receiver
@SuppressWarnings("ArrayRecordComponent") // a copy that is handed over, never compared
public record MemoryCopy(int memory, long address, byte[] bytes, long epoch, boolean live) {}

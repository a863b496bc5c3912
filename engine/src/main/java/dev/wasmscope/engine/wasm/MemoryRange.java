package dev.wasmscope.engine.wasm;

/// Ranges that a host asks for.
final class MemoryRange {
    private MemoryRange() {}

    /// @throws IndexOutOfBoundsException with the range and the limit in it
    static void check(long address, int length, long limit) {
        if (address < 0 || length < 0 || address > limit - length) {
            throw new IndexOutOfBoundsException("The range 0x%x..0x%x is outside the memory, which ends at 0x%x."
                    .formatted(address, address + length, limit));
        }
    }
}

package dev.wasmscope.engine.spi;

/// Neighbouring bytes that one step changed. `before` and `after` have the same length; bytes of pages that the
/// step grew are zero in `before`.
@SuppressWarnings("ArrayRecordComponent") // a copy that is handed over, never compared
public record ChangedRange(int memory, long address, byte[] before, byte[] after) {
    public int length() {
        return after.length;
    }
}

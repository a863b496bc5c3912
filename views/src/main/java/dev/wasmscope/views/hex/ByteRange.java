package dev.wasmscope.views.hex;

/// Neighbouring bytes.
public record ByteRange(long address, long length) {
    public ByteRange {
        if (address < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "A range lies at 0 or above and has 0 or more bytes, not %d at %d.".formatted(length, address));
        }
    }

    public long end() {
        return address + length;
    }
}

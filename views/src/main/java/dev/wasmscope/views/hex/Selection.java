package dev.wasmscope.views.hex;

/// Selected bytes, from where the selection began to the cursor, both included.
///
/// @param anchor where it began
/// @param cursor where it ends and where typing goes; may lie before the anchor
public record Selection(long anchor, long cursor) {
    public Selection {
        if (anchor < 0 || cursor < 0) {
            throw new IllegalArgumentException(
                    "A selection lies at 0 or above, not from %d to %d.".formatted(anchor, cursor));
        }
    }

    public static Selection at(long address) {
        return new Selection(address, address);
    }

    /// `length` bytes from `address` on, with the cursor on the first; one byte where the length is 0.
    public static Selection of(long address, long length) {
        return new Selection(address + Math.max(length, 1) - 1, address);
    }

    public long start() {
        return Math.min(anchor, cursor);
    }

    /// After the last selected byte.
    public long end() {
        return Math.max(anchor, cursor) + 1;
    }

    public long length() {
        return end() - start();
    }

    public boolean contains(long address) {
        return address >= start() && address < end();
    }

    /// The same, no longer than the bytes there are.
    Selection within(long size) {
        long last = Math.max(0, size - 1);
        return anchor <= last && cursor <= last ? this : new Selection(Math.min(anchor, last), Math.min(cursor, last));
    }

    Selection movedTo(long address, boolean extend) {
        return extend ? new Selection(anchor, address) : at(address);
    }
}

package dev.wasmscope.engine.spi;

import java.nio.ByteBuffer;

/// A linear memory as its owner thread sees it. Addresses are unsigned 32-bit; out of range throws
/// [IndexOutOfBoundsException] with the range and the limit in it.
public interface GuestMemory {
    int pages();

    byte[] read(long address, int length);

    void write(long address, byte[] bytes);

    /// Takes all that remains in the buffer.
    default void write(long address, ByteBuffer bytes) {
        var copy = new byte[bytes.remaining()];
        bytes.get(copy);
        write(address, copy);
    }

    /// The memory to read from without a copy, little-endian, from address 0 to its end. Good until the guest runs
    /// again; its position and limit are the caller's until the next call of this. Writing to it goes unnoticed by
    /// whoever records changes: don't.
    default ByteBuffer window() {
        throw new UnsupportedOperationException("This memory has no window.");
    }

    /// Begins to notice what is written; for memories of [MemoryKind#TRACKED] whose instance keeps no history.
    default MemoryStep step() {
        throw new UnsupportedOperationException("This memory does not notice what is written to it.");
    }

    /// Words from any thread, while the guest runs, too. What is written may be lost when the memory grows at the same
    /// moment: whoever writes so must be ready to write again.
    default LiveMemory live() {
        throw new UnsupportedOperationException("This memory cannot be looked at while the guest runs.");
    }
}

package dev.wasmscope.engine.spi;

import java.nio.ByteBuffer;

/// A linear memory as the thread sees it that owns the instance.
public interface OwnedMemory extends GuestMemory {
    /// Takes all that remains in the buffer.
    void write(long address, ByteBuffer bytes);

    /// The memory to read from without a copy, little-endian, from address 0 to its end. Good until the guest runs
    /// again; its position and limit are the caller's until the next call of this. Writing to it goes unnoticed by
    /// whoever records changes: don't.
    ByteBuffer window();

    /// Begins to notice what is written; for instances that keep no history.
    ///
    /// @throws IllegalStateException for a memory that is not [MemoryKind#TRACKED]
    MemoryStep step();

    /// Words from any thread, while the guest runs, too. What is written may be lost when the memory grows at the same
    /// moment: whoever writes so must be ready to write again.
    LiveMemory live();
}

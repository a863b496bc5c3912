package dev.wasmscope.engine.spi;

/// A linear memory that is read and written by another thread than the guest's, at the same time.
///
/// Nothing orders these accesses against the guest's but what both agree on: a reader sees bytes of different moments,
/// and a write that falls together with the memory's growth is lost. Out of range throws [IndexOutOfBoundsException].
public interface LiveMemory {
    /// Little-endian. What this thread reads afterwards is not older.
    int readInt(long address);

    /// Little-endian. What this thread wrote before is seen first.
    void writeInt(long address, int value);

    void read(long address, byte[] into, int offset, int length);

    void write(long address, byte[] from, int offset, int length);
}

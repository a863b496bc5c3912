package dev.wasmscope.engine.spi;

/// A linear memory as a host function sees it. Addresses are unsigned 32-bit; out of range throws
/// [IndexOutOfBoundsException] with the range and the limit in it.
public interface GuestMemory {
    int pages();

    byte[] read(long address, int length);

    void write(long address, byte[] bytes);
}

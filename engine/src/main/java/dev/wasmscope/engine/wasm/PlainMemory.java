package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.util.Arrays;

/// Linear memory that records nothing: for servers and benchmarks.
final class PlainMemory extends LinearMemory {
    PlainMemory(MemoryLimits declared, int mostPages, HeapBudget budget) {
        super(declared, mostPages, budget);
    }

    @Override
    void growing(int before, int after) {}

    /// Of an access at `base + offset`, both unsigned.
    int index(int base, int offset, int length) {
        var address = (base & 0xffff_ffffL) + (offset & 0xffff_ffffL);
        if (address > size - length) {
            throw new MemoryTrap(address);
        }
        return (int) address;
    }

    @Override
    public void writeByte(int address, byte value) {
        bytes[at(address, 1)] = value;
    }

    @Override
    public void writeShort(int address, short value) {
        SHORTS.set(bytes, at(address, 2), value);
    }

    @Override
    public void writeI32(int address, int value) {
        INTS.set(bytes, at(address, 4), value);
    }

    @Override
    public void writeLong(int address, long value) {
        LONGS.set(bytes, at(address, 8), value);
    }

    @Override
    public void write(int address, byte[] data, int offset, int length) {
        checkRange(address, length);
        System.arraycopy(data, offset, bytes, address, length);
    }

    @Override
    public void copy(int target, int source, int length) {
        checkRange(target, length);
        checkRange(source, length);
        System.arraycopy(bytes, source, bytes, target, length);
    }

    /// @param end `start` plus the length, as an unsigned sum that may have wrapped
    @Override
    public void fill(byte value, int start, int end) {
        checkRange(start, end - start);
        Arrays.fill(bytes, start, end, value);
    }
}

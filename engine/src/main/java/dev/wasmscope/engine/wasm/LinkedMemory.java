package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;

/// A memory of another instance, as the importing instance sees it: the same bytes, but its own data segments.
final class LinkedMemory implements Memory {
    private final LinearMemory target;
    private DataSegment[] segments = {};

    LinkedMemory(LinearMemory target) {
        this.target = target;
    }

    LinearMemory target() {
        return target;
    }

    DataSegment[] segments() {
        return segments;
    }

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments) {
        initialize(instance, dataSegments, 0);
    }

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments, int memoryIndex) {
        segments = dataSegments == null ? new DataSegment[0] : dataSegments;
        LinearMemory.copyActive(this, instance, segments, memoryIndex);
    }

    @Override
    public void initPassiveSegment(int segment, int to, int offset, int length) {
        LinearMemory.initPassive(this, segments[segment], to, offset, length);
    }

    @Override
    public void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }

    @Override
    public int pages() {
        return target.pages();
    }

    @Override
    public int grow(int delta) {
        return target.grow(delta);
    }

    @Override
    public int initialPages() {
        return target.initialPages();
    }

    @Override
    public int maximumPages() {
        return target.maximumPages();
    }

    @Override
    public boolean shared() {
        return target.shared();
    }

    @SuppressWarnings("removal")
    @Override
    public Object lock(int address) {
        return target.lock(address);
    }

    @SuppressWarnings("removal")
    @Override
    public int waitOn(int address, int expected, long nanos) {
        return target.waitOn(address, expected, nanos);
    }

    @SuppressWarnings("removal")
    @Override
    public int waitOn(int address, long expected, long nanos) {
        return target.waitOn(address, expected, nanos);
    }

    @SuppressWarnings("removal")
    @Override
    public int notify(int address, int threads) {
        return target.notify(address, threads);
    }

    @Override
    public byte[] readBytes(int address, int length) {
        return target.readBytes(address, length);
    }

    @Override
    public byte read(int address) {
        return target.read(address);
    }

    @Override
    public short readShort(int address) {
        return target.readShort(address);
    }

    @Override
    public int readInt(int address) {
        return target.readInt(address);
    }

    @Override
    public long readLong(int address) {
        return target.readLong(address);
    }

    @Override
    public long readU16(int address) {
        return target.readU16(address);
    }

    @Override
    public long readF32(int address) {
        return target.readF32(address);
    }

    @Override
    public float readFloat(int address) {
        return target.readFloat(address);
    }

    @Override
    public double readDouble(int address) {
        return target.readDouble(address);
    }

    @Override
    public long readF64(int address) {
        return target.readF64(address);
    }

    @Override
    public void writeByte(int address, byte value) {
        target.writeByte(address, value);
    }

    @Override
    public void writeShort(int address, short value) {
        target.writeShort(address, value);
    }

    @Override
    public void writeI32(int address, int value) {
        target.writeI32(address, value);
    }

    @Override
    public void writeLong(int address, long value) {
        target.writeLong(address, value);
    }

    @Override
    public void writeF32(int address, float value) {
        target.writeF32(address, value);
    }

    @Override
    public void writeF64(int address, double value) {
        target.writeF64(address, value);
    }

    @Override
    public void write(int address, byte[] data, int offset, int length) {
        target.write(address, data, offset, length);
    }

    @Override
    public void copy(int to, int from, int length) {
        target.copy(to, from, length);
    }

    @Override
    public void fill(byte value, int start, int end) {
        target.fill(value, start, end);
    }

    @Override
    public void zero() {
        target.zero();
    }
}

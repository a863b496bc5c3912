package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.LiveMemory;
import dev.wasmscope.engine.spi.MemoryStep;
import dev.wasmscope.engine.spi.OwnedMemory;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A linear memory as hosts see it. [#copyLive] and [#live] may be called from any thread.
final class MemoryView implements OwnedMemory {
    private final LinearMemory memory;
    private ByteBuffer window = ByteBuffer.allocate(0);

    MemoryView(LinearMemory memory) {
        this.memory = memory;
    }

    LinearMemory memory() {
        return memory;
    }

    @Override
    public int pages() {
        return memory.pagesNow();
    }

    @Override
    public byte[] read(long address, int length) {
        return copyLive(address, length);
    }

    byte[] copyLive(long address, int length) {
        return memory.copyLive(address, length);
    }

    @Override
    public void write(long address, byte[] bytes) {
        MemoryRange.check(address, bytes.length, memory.size);
        memory.write((int) address, bytes, 0, bytes.length);
    }

    @Override
    public void write(long address, ByteBuffer bytes) {
        if (!bytes.hasArray()) {
            var copy = new byte[bytes.remaining()];
            bytes.get(copy);
            write(address, copy);
            return;
        }
        var length = bytes.remaining();
        MemoryRange.check(address, length, memory.size);
        memory.write((int) address, bytes.array(), bytes.arrayOffset() + bytes.position(), length);
        bytes.position(bytes.limit());
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // growth replaces the array
    public ByteBuffer window() {
        if (window.array() != memory.bytes) {
            window = ByteBuffer.wrap(memory.bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        return window.limit(memory.size).position(0);
    }

    @Override
    public MemoryStep step() {
        if (memory instanceof TrackedMemory tracked) {
            return new TrackedStep(tracked);
        }
        throw new IllegalStateException("Only a tracked memory notices what is written to it.");
    }

    @Override
    public LiveMemory live() {
        return new Live(memory);
    }

    /// The array is fetched anew for each access: growth replaces it.
    private record Live(LinearMemory memory) implements LiveMemory {
        private byte[] array(long address, int length) {
            var limit = memory.pagesNow() * 65_536L;
            var bytes = memory.bytes;
            MemoryRange.check(address, length, Math.min(limit, bytes.length));
            return bytes;
        }

        @Override
        public int readInt(long address) {
            var value = (int) LinearMemory.INTS.get(array(address, 4), (int) address);
            VarHandle.acquireFence();
            return value;
        }

        @Override
        public void writeInt(long address, int value) {
            VarHandle.releaseFence();
            LinearMemory.INTS.set(array(address, 4), (int) address, value);
            VarHandle.fullFence();
        }

        @Override
        public void read(long address, byte[] into, int offset, int length) {
            System.arraycopy(array(address, length), (int) address, into, offset, length);
        }

        @Override
        public void write(long address, byte[] from, int offset, int length) {
            System.arraycopy(from, offset, array(address, length), (int) address, length);
        }
    }
}

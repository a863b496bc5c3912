package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import dev.wasmscope.engine.spi.GuestMemory;

/// Memory 0 of the instance that calls the host.
record InstanceMemory(Instance instance) implements GuestMemory {
    private Memory memory() {
        var memory = instance.memory();
        if (memory == null) {
            throw new HostFailure("the host was called by a module that has no memory");
        }
        return memory;
    }

    @Override
    public int pages() {
        return memory().pages();
    }

    @Override
    public byte[] read(long address, int length) {
        MemoryRange.check(address, length, (long) pages() << 16);
        return memory().readBytes((int) address, length);
    }

    @Override
    public void write(long address, byte[] bytes) {
        MemoryRange.check(address, bytes.length, (long) pages() << 16);
        memory().write((int) address, bytes, 0, bytes.length);
    }
}

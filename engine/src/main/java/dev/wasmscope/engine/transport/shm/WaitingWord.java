package dev.wasmscope.engine.transport.shm;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// A word in which one side of a ring says that it sleeps, and how it wants to be woken.
record WaitingWord(MemorySegment file, long at) {
    /// Said by the side that would sleep, which has to look once more after it.
    void sleeps(int how) {
        RingLayout.putIntVolatile(file, at, how);
        VarHandle.fullFence();
    }

    /// Asked by the other side, after it has published what the sleeper waits for.
    ///
    /// @return how to wake it; told only once
    int take() {
        // Against the sleeper's own order: it says that it sleeps and then looks once more.
        VarHandle.fullFence();
        return RingLayout.getInt(file, at) == RingLayout.AWAKE
                ? RingLayout.AWAKE
                : RingLayout.getAndSetInt(file, at, RingLayout.AWAKE);
    }

    /// Of the futex.
    long address() {
        return file.address() + at;
    }
}

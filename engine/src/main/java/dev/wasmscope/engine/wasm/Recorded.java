package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.Instance;

/// State of an instance that can be put back.
interface Recorded {
    /// Starts to keep what the next step overwrites.
    ///
    /// @param mostBytes how much may be kept before the log gives up
    Log record(long mostBytes);

    /// Keeps nothing more until the next [#record].
    void rest();

    /// What one step overwrote.
    interface Log {
        /// Puts the old state back, by ordinary writes: a step that is recorded meanwhile holds the opposite.
        void undo();

        /// Makes the same part of another instance equal to what it was before the step.
        void copyTo(Recorded twin, Instance instance);

        /// Kept on the heap.
        long bytes();

        /// True when the step overwrote more than could be kept.
        boolean lost();
    }
}

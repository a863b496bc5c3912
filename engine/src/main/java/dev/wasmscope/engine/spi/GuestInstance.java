package dev.wasmscope.engine.spi;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A live instance as its owner thread sees it.
public interface GuestInstance extends AutoCloseable {
    List<ExportInfo> exports();

    /// Interrupting the thread ends the guest with [CallOutcome.TimedOut].
    CallOutcome call(CallRequest request);

    /// @throws IllegalArgumentException when there is no such function, or it has several results or 128-bit values
    default GuestFunction function(String export) {
        throw new UnsupportedOperationException("This runtime has no handles of functions.");
    }

    /// Changes the deadline of what [#function] gave; in the beginning it is the instance's usual one.
    default void functionDeadline(Duration deadline) {
        throw new UnsupportedOperationException("This runtime has no handles of functions.");
    }

    List<? extends GuestMemory> memories();

    List<GlobalValue> globals();

    /// Copies what the guest can change. Only for instances with one memory of their own.
    ///
    /// @param reuse an older copy of this instance that nobody needs any more, to save the allocation
    default GuestState save(@Nullable GuestState reuse) {
        throw new UnsupportedOperationException("This runtime cannot copy a guest's state.");
    }

    /// Puts back what [#save] copied from this instance or from another one of the same module, also after a trap.
    ///
    /// @throws IllegalArgumentException when the state has other globals, or more memory than may be had here
    default void restore(GuestState state) {
        throw new UnsupportedOperationException("This runtime cannot put back a guest's state.");
    }

    @Override
    void close();
}

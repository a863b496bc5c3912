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
    GuestFunction function(String export);

    /// Changes the deadline of what [#function] gave; in the beginning it is the instance's usual one.
    void functionDeadline(Duration deadline);

    /// The deadline of the call under way of what [#function] gave begins anew. From any thread.
    void renewDeadline();

    List<? extends OwnedMemory> memories();

    List<GlobalValue> globals();

    /// Copies what the guest can change. Only for instances with one memory of their own.
    ///
    /// @param reuse an older copy of this instance that nobody needs any more, to save the allocation
    GuestState save(@Nullable GuestState reuse);

    /// Puts back what [#save] copied from this instance or from another one of the same module, also after a trap.
    ///
    /// @throws IllegalArgumentException when the state has other globals, or more memory than may be had here
    void restore(GuestState state);

    @Override
    void close();
}

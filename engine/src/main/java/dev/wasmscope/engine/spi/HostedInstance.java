package dev.wasmscope.engine.spi;

import java.util.List;

/// An instance that a host calls on threads of its own, one call at a time.
public interface HostedInstance extends AutoCloseable {
    List<ExportInfo> exports();

    /// Calls an export on the caller's thread; callers on other threads wait. The deadline runs only while
    /// guest code does, so that it never interrupts a host function.
    ///
    /// A host function may call its own guest again on its thread, to allocate what it gives back: that call has a
    /// deadline of its own, and the outer one goes on when the host function returns.
    ///
    /// After a trap or a deadline the instance may be called again, but C's stack pointer is not unwound:
    /// hosts replace it.
    CallOutcome call(CallRequest request);

    /// Memory 0, for strings and bytes before and after a call and inside host functions. Only while nobody
    /// else calls.
    ///
    /// @throws IllegalStateException when the module has no memory
    OwnedMemory memory();

    /// A look at this instance for the window: memory, calls, output. Its calls take turns with the host's.
    Session session();

    @Override
    void close();
}

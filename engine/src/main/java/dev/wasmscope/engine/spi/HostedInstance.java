package dev.wasmscope.engine.spi;

import java.util.List;

/// An instance that a host calls on threads of its own, one call at a time.
public interface HostedInstance extends AutoCloseable {
    List<ExportInfo> exports();

    /// Calls an export on the caller's thread; callers on other threads wait. A host function may call the guest that
    /// called it, within the deadline of the call that it is part of.
    ///
    /// The deadline ends guest code within a few milliseconds. It never interrupts a host function: where it passes
    /// meanwhile, the guest is stopped when that returns. A call that does not wait and was not given a processor
    /// goes on until its thread has used a quarter of the time, at the latest until ten times the time have passed.
    ///
    /// After a trap or a deadline the instance may be called again, but C's stack pointer is not unwound:
    /// hosts replace it.
    CallOutcome call(CallRequest request);

    /// The deadline of the call under way begins anew: for host functions that wait on purpose.
    ///
    /// @throws IllegalStateException when it is not called by a host function of this instance
    void renewDeadline();

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

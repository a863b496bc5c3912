package dev.wasmscope.engine.spi;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// One open instance, in this process or in a child.
///
/// Every request is queued and answered by the session's own thread, in order; no future is completed on a
/// thread the caller may block. Memory crosses as copies stamped with an epoch: nobody holds a guest array.
/// A future fails with [SessionException] when the session cannot answer (closed, child gone); what a guest
/// does wrong is a [CallOutcome].
public interface Session extends AutoCloseable {
    SessionInfo info();

    /// A snapshot that may be read on every pulse; never blocks.
    SessionStatus status();

    CompletableFuture<CallOutcome> call(CallRequest request);

    /// Stops the call that is running, if one is; calls that wait in the queue stay.
    void stop();

    /// At rest the answer comes through the owner and is consistent. While the guest runs it is a bulk copy that
    /// may mix moments: [MemoryCopy#live()] says so.
    ///
    /// @throws IndexOutOfBoundsException through the future, when the range leaves the memory
    CompletableFuture<MemoryCopy> read(int memory, long address, int length);

    /// Overwrites bytes at rest as one undoable step. While a call runs the future fails with [SessionException].
    CompletableFuture<List<ChangedRange>> write(int memory, long address, byte[] bytes);

    /// What the last step (call, write or undo) changed: ranges in address order, old and new bytes.
    /// Empty for a session opened with [MemoryKind#PLAIN].
    ///
    /// @param most at most this many ranges; [Changes#total()] counts all
    CompletableFuture<Changes> lastChanges(int memory, int most);

    /// Puts memories, globals and tables back to the state before the last step and clears the taint that step set.
    CompletableFuture<UndoOutcome> undo();

    CompletableFuture<List<GlobalValue>> globals();

    /// Captured output from a position on; positions count bytes since the session was opened.
    OutputCopy output(OutputStreamName stream, long from);

    /// Switches the writing down of WASI calls on or off: calls requested from now on are traced, or no more.
    void traceWasi(boolean on);

    /// Traced WASI calls from a number on; never blocks. So many of the last ones are kept as [WasiTrace] has at most.
    ///
    /// @param from calls are counted from 1 since the session was opened
    WasiTrace wasiCalls(long from);

    @Override
    void close();
}

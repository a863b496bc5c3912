package dev.wasmscope.engine.transport;

/// Clients that no selector can watch, such as the rings of shared memory: the loop asks for them once a turn, as long
/// as one of its sources wants to stay awake, and sleeps in the selector otherwise.
///
/// A source decides itself how long it spins before it agrees to sleep. Whoever has something for a sleeping loop wakes
/// it by [EventLoop#wake()], or through a socket that the loop watches.
public interface PolledSource extends AutoCloseable {
    /// Does what is ready.
    ///
    /// @return whether there was anything
    boolean poll();

    /// The loop has nothing else to do and would sleep. A source that agrees has told its clients that they must wake
    /// the loop, and has looked once more after that.
    boolean maySleep();

    /// The loop is awake again.
    void awake();

    @Override
    void close();
}

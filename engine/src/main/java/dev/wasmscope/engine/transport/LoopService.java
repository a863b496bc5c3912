package dev.wasmscope.engine.transport;

import java.io.IOException;

/// What the clients of an [EventLoop] talk to. Called by the thread that runs the loop, never by two at once.
public interface LoopService {
    /// A client has come.
    ///
    /// @return what its bytes go to
    /// @throws IOException when the client is not taken; it is closed without a word
    PeerHandler opened(Peer peer) throws IOException;

    /// Once a turn, when what was ready has been handled and before any output leaves: the place to make durable what
    /// is about to be acknowledged, and to do what has fallen due.
    ///
    /// @throws IOException when nothing may be acknowledged any more: the loop ends without sending
    void turn() throws IOException;

    /// How long the loop may sleep when no client sends anything, in milliseconds; [Long#MAX_VALUE] for ever.
    long idleMillis();
}

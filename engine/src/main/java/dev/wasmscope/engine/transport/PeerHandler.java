package dev.wasmscope.engine.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The serving end of one client's byte stream.
public interface PeerHandler {
    /// Takes bytes from the buffer's position on. What it leaves comes again in front of what follows, at most
    /// [OutputLimits#request()] bytes of it. Answers by [Peer#send].
    ///
    /// @throws IOException with a sentence when the client speaks nonsense: what was answered is sent, then it is
    ///     closed
    void received(ByteBuffer bytes) throws IOException;

    /// Whether this end keeps what it has for a client that is [#slow]: such a client is read from all the same, and it
    /// is for this end to decide how much is kept.
    default boolean keepsForSlow() {
        return false;
    }

    /// The client does not take what is sent, or takes it again. Called while output leaves: not the place to send.
    default void slow(boolean now) {}

    /// The client has gone or was cut off; nothing can be sent any more. Called once, never within another call.
    void closed();
}

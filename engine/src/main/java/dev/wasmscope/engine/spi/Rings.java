package dev.wasmscope.engine.spi;

import java.util.List;
import java.util.Optional;

/// What can be seen of a connection over shared memory. Never blocks; from any thread.
public interface Rings {
    /// The steps so far, in their order.
    List<HandshakeStep> handshake();

    /// Empty while there are no rings, and when the connection is closed.
    Optional<RingPositions> positions();
}

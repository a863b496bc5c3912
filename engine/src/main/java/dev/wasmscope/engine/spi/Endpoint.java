package dev.wasmscope.engine.spi;

import java.io.IOException;

/// The accepting side of a transport. Bound when constructed, to loopback or a private path only.
public interface Endpoint extends AutoCloseable {
    /// How a client reaches it.
    Transport transport();

    /// Waits for a client.
    Connection accept() throws IOException;

    @Override
    void close() throws IOException;
}

package dev.wasmscope.engine.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// An open byte stream. One reader and one writer, which may be two threads.
public interface Connection extends AutoCloseable {
    /// Waits for at least one byte, at most `timeout` (zero: for ever).
    ///
    /// @return bytes put into `target`, or -1 when the peer has ended the stream
    /// @throws java.net.SocketTimeoutException when nothing came in time; the stream is closed then, so that a late
    ///     answer is never taken for the next one's
    int read(ByteBuffer target, Duration timeout) throws IOException;

    /// Writes everything, waiting where the peer is slow.
    void write(ByteBuffer source) throws IOException;

    /// False once the peer is known to be gone; never blocks.
    boolean alive();

    /// What there is to see of shared memory; empty for a connection that never asked for it.
    default Optional<Rings> rings() {
        return Optional.empty();
    }

    @Override
    void close() throws IOException;
}

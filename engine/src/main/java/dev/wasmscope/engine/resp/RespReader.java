package dev.wasmscope.engine.resp;

import dev.wasmscope.engine.spi.Connection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/// Waits for the values of a connection. One thread.
public final class RespReader {
    private static final int BUFFER = 64 * 1024;

    private final Connection connection;
    private final RespDecoder decoder;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).flip();

    public RespReader(Connection connection, RespLimits limits) {
        this.connection = connection;
        this.decoder = new RespDecoder(limits);
    }

    /// Waits for the next value.
    ///
    /// @param timeout of silence, not of the whole value; zero waits for ever
    /// @throws EOFException when the peer ended the stream
    /// @throws RespException when it does not speak RESP
    public RespValue read(Duration timeout) throws IOException {
        while (true) {
            var value = decoder.decode(buffer);
            if (value != null) {
                return value;
            }
            buffer.clear();
            var read = 0;
            try {
                read = connection.read(buffer, timeout);
            } finally {
                buffer.flip();
            }
            if (read < 0) {
                throw new EOFException(
                        decoder.idle()
                                ? "The server closed the connection."
                                : "The server closed the connection in the middle of a reply.");
            }
        }
    }

    /// Whether a value, or a part of one, has been read that was not asked for yet.
    public boolean hasBuffered() {
        return buffer.hasRemaining() || !decoder.idle();
    }
}

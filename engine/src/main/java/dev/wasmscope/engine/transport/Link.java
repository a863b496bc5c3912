package dev.wasmscope.engine.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The loop's end of a byte stream. Nothing here waits.
public interface Link {
    /// @return bytes put into `target`, 0 when none are there, -1 at the end of the stream
    int read(ByteBuffer target) throws IOException;

    /// @return bytes taken, 0 when the peer takes none now
    int write(ByteBuffer source) throws IOException;

    /// Which of the two the loop wants to be told of.
    void interest(boolean reading, boolean writing);

    /// The socket that the loop watches for it has something, or has ended.
    ///
    /// @return whether that is input for [#read]
    /// @throws IOException when the client has gone
    default boolean signalled() throws IOException {
        return true;
    }

    /// For logs: `127.0.0.1:40122`.
    String name();

    void close();
}

package dev.wasmscope.engine.transport;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A Unix domain socket.
///
/// @param path at most [#MAX_PATH] bytes, the kernel's limit
public record UnixTransport(Path path) implements Transport {
    /// `sun_path` holds 108 bytes with its final zero.
    public static final int MAX_PATH = 107;

    @Override
    public String id() {
        return "unix";
    }

    @Override
    public String address() {
        return path.toString();
    }

    @Override
    public Connection connect(Duration timeout) throws IOException {
        if (!Files.exists(path)) {
            throw new IOException("There is no socket at %s; start the server or choose another path.".formatted(path));
        }
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        // Connecting blocks only while the server's backlog is full.
        var wait = Deadlines.SHARED.join(channel);
        try {
            wait.begin(timeout);
            channel.connect(UnixDomainSocketAddress.of(path));
            return new ChannelConnection(channel, address());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException(reason(wait.expired(), timeout, e), e);
        } finally {
            wait.end();
            Deadlines.SHARED.leave(wait);
        }
    }

    private String reason(boolean late, Duration timeout, Exception e) {
        if (late) {
            return "%s did not accept a connection within %d ms; the server may hang."
                    .formatted(path, timeout.toMillis());
        }
        if (!Files.isWritable(path)) {
            return "No permission for the socket %s; it belongs to another user.".formatted(path);
        }
        return "Nothing listens at %s (%s); start the server or choose another path.".formatted(path, e.getMessage());
    }
}

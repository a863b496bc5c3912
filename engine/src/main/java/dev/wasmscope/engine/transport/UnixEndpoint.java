package dev.wasmscope.engine.transport;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Endpoint;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Listens on a Unix socket of mode 0600 in a directory that is nobody else's. The socket goes when it is closed.
public final class UnixEndpoint implements Endpoint {
    private final ServerSocketChannel server;
    private final UnixTransport transport;

    /// @param path a name that is not there yet, in a directory of mode 0700 that belongs to this user
    public UnixEndpoint(Path path) throws IOException {
        var length = path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (length > UnixTransport.MAX_PATH) {
            throw new IOException(
                    "The socket's path %s has %d bytes, and a socket's path may have %d; choose a shorter one."
                            .formatted(path, length, UnixTransport.MAX_PATH));
        }
        requirePrivate(path.toAbsolutePath().resolveSibling(""));
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            // Between bind and chmod the directory keeps others out.
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            server.close();
            throw new IOException("The socket %s cannot be listened on: %s.".formatted(path, e.getMessage()), e);
        }
        transport = new UnixTransport(path);
    }

    private static void requirePrivate(Path directory) throws IOException {
        var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
        if (!mode.equals("rwx------")) {
            throw new IOException("The directory %s of the socket is open to others (%s); use one of mode 0700."
                    .formatted(directory, mode));
        }
    }

    ServerSocketChannel channel() {
        return server;
    }

    @Override
    public Transport transport() {
        return transport;
    }

    @Override
    public Connection accept() throws IOException {
        return new ChannelConnection(server.accept(), "The client of " + transport.address());
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(transport.path());
    }
}

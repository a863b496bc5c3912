package dev.wasmscope.engine.transport;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Endpoint;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/// Listens on a Unix socket of mode 0600 in a directory that is nobody else's. The socket goes when it is closed.
public final class UnixEndpoint implements Endpoint {
    private final ServerSocketChannel server;
    private final UnixTransport transport;

    /// Takes over what a server left that was killed.
    ///
    /// @param path in a directory of mode 0700 that belongs to this user, or in one that is made
    /// @throws IOException when another server listens there, or something else lies there
    public UnixEndpoint(Path path) throws IOException {
        var length = path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (length > UnixTransport.MAX_PATH) {
            throw new IOException(
                    "The socket's path %s has %d bytes, and a socket's path may have %d; choose a shorter one."
                            .formatted(path, length, UnixTransport.MAX_PATH));
        }
        claim(path);
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

    /// Makes sure that a socket can be made there: the directory is nobody else's, the name free.
    ///
    /// @throws IOException when another server listens there, or something else lies there
    public static void claim(Path path) throws IOException {
        requirePrivate(path.toAbsolutePath().resolveSibling(""));
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new IOException("%s is no socket: choose another path.".formatted(path));
        }
        try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new IOException("The socket %s is in use by another server: stop that one, or choose another path."
                    .formatted(path));
        } catch (ConnectException e) {
            // Refused: whoever listened there was killed.
            Files.delete(path);
        }
    }

    private static void requirePrivate(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return;
        }
        var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
        if (!mode.equals("rwx------")) {
            throw new IOException(
                    "The directory %s of the socket is open to others (%s): choose one of mode 0700, or one that is not there yet, which is made so."
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

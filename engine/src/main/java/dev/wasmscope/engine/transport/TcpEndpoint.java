package dev.wasmscope.engine.transport;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Endpoint;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

/// Listens on loopback, unless it is given another address.
public final class TcpEndpoint implements Endpoint {
    /// As many as a benchmark's clients may come at once; Redis's own.
    private static final int BACKLOG = 511;

    private final ServerSocketChannel server;
    private final TcpTransport transport;

    /// @param port 0 for any free one
    public TcpEndpoint(int port) throws IOException {
        this(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), port);
    }

    /// @param address of this machine; whoever gives another one than loopback sees to it that a password is asked for
    /// @param port 0 for any free one
    public TcpEndpoint(InetAddress address, int port) throws IOException {
        server = ServerSocketChannel.open();
        try {
            server.bind(new InetSocketAddress(address, port), BACKLOG);
            transport = TcpTransport.plain(
                    address.getHostAddress(), ((InetSocketAddress) server.getLocalAddress()).getPort());
        } catch (IOException e) {
            server.close();
            throw new IOException(
                    "Port %d of %s cannot be listened on: %s. Choose another one, or 0 for any."
                            .formatted(port, address.getHostAddress(), e.getMessage()),
                    e);
        }
    }

    public int port() {
        return transport.port();
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
        var channel = server.accept();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new ChannelConnection(channel, "The client of " + transport.address());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

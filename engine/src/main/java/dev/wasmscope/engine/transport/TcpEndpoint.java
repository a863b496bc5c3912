package dev.wasmscope.engine.transport;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Endpoint;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

/// Listens on loopback, nowhere else.
public final class TcpEndpoint implements Endpoint {
    private final ServerSocketChannel server;
    private final TcpTransport transport;

    /// @param port 0 for any free one
    public TcpEndpoint(int port) throws IOException {
        server = ServerSocketChannel.open();
        try {
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            transport = TcpTransport.plain("127.0.0.1", ((InetSocketAddress) server.getLocalAddress()).getPort());
        } catch (IOException e) {
            server.close();
            throw new IOException(
                    "Port %d cannot be listened on: %s. Choose another one, or 0 for any."
                            .formatted(port, e.getMessage()),
                    e);
        }
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

package dev.wasmscope.engine.transport;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/// TCP, plain or inside TLS. Small messages leave at once (no Nagle).
///
/// @param port 1 to 65535
public record TcpTransport(String host, int port, Optional<Tls> tls) implements Transport {
    public TcpTransport {
        if (host.isBlank()) {
            throw new IllegalArgumentException("The host is empty: give a name or an address like 127.0.0.1.");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("Port %d is not between 1 and 65535.".formatted(port));
        }
    }

    public static TcpTransport plain(String host, int port) {
        return new TcpTransport(host, port, Optional.empty());
    }

    @Override
    public String id() {
        return "tcp";
    }

    @Override
    public String address() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public Connection connect(Duration timeout) throws IOException {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IOException("There is no host named %s; check the name or give its address.".formatted(host));
        }
        try {
            return tls.isPresent() ? secured(tls.get(), address, timeout) : plain(address, timeout);
        } catch (SocketTimeoutException e) {
            throw new IOException(
                    "%s did not answer within %d ms; check that a server listens there and that no firewall is between."
                            .formatted(address(), timeout.toMillis()),
                    e);
        } catch (java.net.ConnectException e) {
            throw new IOException(
                    "Nothing listens at %s; start a server there or choose another port.".formatted(address()), e);
        }
    }

    private Connection plain(InetSocketAddress address, Duration timeout) throws IOException {
        var channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(address, Math.toIntExact(timeout.toMillis()));
            return new ChannelConnection(channel, address());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private Connection secured(Tls settings, InetSocketAddress address, Duration timeout) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, Math.toIntExact(timeout.toMillis()));
            socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            return new TlsConnection(settings.handshake(socket, host, port), address());
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }
}

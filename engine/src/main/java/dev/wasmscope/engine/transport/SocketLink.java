package dev.wasmscope.engine.transport;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// A TCP or Unix socket watched by the loop's selector.
final class SocketLink implements Link {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final String name;

    SocketLink(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        if (channel.getRemoteAddress() instanceof InetSocketAddress remote) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            // A peer whose machine died says nothing: the kernel asks.
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            name = remote.getAddress().getHostAddress() + ":" + remote.getPort();
        } else {
            name = String.valueOf(channel.getLocalAddress());
        }
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    void attach(Peer peer) {
        key.attach(peer);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public void interest(boolean reading, boolean writing) {
        var wanted = (reading ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0);
        if (key.isValid() && key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(EventLoop.class.getName()).log(Level.DEBUG, "Closing the socket of " + name, e);
        }
    }
}

package dev.wasmscope.engine.transport;

import dev.wasmscope.engine.spi.Connection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A blocking socket channel as a byte stream: one system call a read and one a write where the buffer is direct.
final class ChannelConnection implements Connection {
    private final SocketChannel channel;
    private final String address;
    private Deadlines.@Nullable Wait wait;
    private volatile boolean ended;

    ChannelConnection(SocketChannel channel, String address) {
        this.channel = channel;
        this.address = address;
    }

    @Override
    public int read(ByteBuffer target, Duration timeout) throws IOException {
        if (!target.hasRemaining()) {
            throw new IllegalArgumentException("The buffer to read into is full.");
        }
        try {
            var read = timeout.isZero() ? readForEver(target) : readWithin(timeout, target);
            ended |= read < 0;
            return read;
        } catch (IOException e) {
            ended = true;
            throw asTimeout(e, timeout);
        }
    }

    private int readForEver(ByteBuffer target) throws IOException {
        if (wait != null) {
            // Nobody has to look at the clock for this one any more.
            Deadlines.SHARED.leave(wait);
            wait = null;
        }
        return channel.read(target);
    }

    private int readWithin(Duration timeout, ByteBuffer target) throws IOException {
        var armed = wait;
        if (armed == null) {
            wait = armed = Deadlines.SHARED.join(channel);
        }
        armed.begin(timeout);
        try {
            return channel.read(target);
        } finally {
            armed.end();
        }
    }

    private IOException asTimeout(IOException e, Duration timeout) {
        var w = wait;
        if (e instanceof ClosedChannelException && w != null && w.expired()) {
            var late = new SocketTimeoutException(
                    "%s sent nothing for %d ms; the connection was closed.".formatted(address, timeout.toMillis()));
            late.initCause(e);
            return late;
        }
        if (e instanceof AsynchronousCloseException) {
            return new IOException("The connection to %s was closed while it waited.".formatted(address), e);
        }
        return e;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        try {
            while (source.hasRemaining()) {
                channel.write(source);
            }
        } catch (IOException e) {
            ended = true;
            throw e;
        }
    }

    @Override
    public boolean alive() {
        return !ended && channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        var w = wait;
        if (w != null) {
            Deadlines.SHARED.leave(w);
        }
        channel.close();
    }
}

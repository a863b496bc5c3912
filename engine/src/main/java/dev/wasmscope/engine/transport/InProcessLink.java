package dev.wasmscope.engine.transport;

import dev.wasmscope.engine.spi.Connection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

/// A client in the loop's own process: two pipes, the loop's end here and the client's in [#connection()].
final class InProcessLink implements Link {
    private static final String NAME = "in-process";

    private final EventLoop loop;
    private final BytePipe requests = new BytePipe();
    private final BytePipe replies = new BytePipe();
    private final Peer peer;
    private volatile boolean reading = true;
    private volatile boolean writing;

    InProcessLink(EventLoop loop) {
        this.loop = loop;
        peer = new Peer(loop, this);
    }

    Peer peer() {
        return peer;
    }

    Connection connection() {
        return new Client();
    }

    @Override
    public int read(ByteBuffer target) {
        return requests.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return replies.write(source);
    }

    @Override
    public void interest(boolean read, boolean write) {
        var again = read && !reading && !requests.empty();
        reading = read;
        writing = write;
        if (again) {
            signal();
        }
    }

    /// What a selector does for a socket.
    private void signal() {
        loop.execute(() -> {
            if (writing) {
                peer.writable();
            }
            peer.signalled();
        });
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void close() {
        requests.close();
        replies.close();
    }

    /// The client's end.
    private final class Client implements Connection {
        @Override
        public int read(ByteBuffer target, Duration timeout) throws IOException {
            if (!target.hasRemaining()) {
                throw new IllegalArgumentException("The buffer to read into is full.");
            }
            try {
                replies.awaitBytes(timeout);
            } catch (SocketTimeoutException e) {
                close();
                var late = new SocketTimeoutException(
                        "The server in this process sent nothing for %d ms; the connection was closed."
                                .formatted(timeout.toMillis()));
                late.initCause(e);
                throw late;
            }
            var given = replies.read(target);
            if (writing) {
                signal();
            }
            return given;
        }

        @Override
        public void write(ByteBuffer source) throws IOException {
            while (source.hasRemaining()) {
                if (requests.write(source) > 0) {
                    signal();
                } else {
                    requests.awaitRoom();
                }
            }
        }

        @Override
        public boolean alive() {
            return !replies.closed();
        }

        @Override
        public void close() {
            requests.close();
            replies.close();
            signal();
        }
    }
}

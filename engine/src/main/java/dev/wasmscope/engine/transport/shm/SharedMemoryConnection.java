package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.HandshakeStep;
import dev.wasmscope.engine.spi.RingPositions;
import dev.wasmscope.engine.spi.Rings;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The client's side where the server takes everything over shared memory.
final class SharedMemoryConnection implements Connection, Rings {
    private final Connection control;
    private final ClientRing ring;
    private final String address;
    private final List<HandshakeStep> handshake;
    private volatile boolean serverGone;
    private volatile boolean closed;

    SharedMemoryConnection(Connection control, ClientRing ring, String address, List<HandshakeStep> handshake) {
        this.control = control;
        this.ring = ring;
        this.address = address;
        this.handshake = List.copyOf(handshake);
        Thread.ofVirtual().name("shm-control").start(this::watchControl);
    }

    /// The server says nothing here; that it ends is the news.
    private void watchControl() {
        var unexpected = ByteBuffer.allocate(64);
        try {
            while (control.read(unexpected.clear(), Duration.ZERO) >= 0) {
                // Nothing that the protocol knows.
            }
        } catch (IOException e) {
            // The connection is gone just as well.
        }
        serverGone = true;
        ring.nudge();
    }

    @Override
    public int read(ByteBuffer target, Duration timeout) throws IOException {
        if (!target.hasRemaining()) {
            throw new IllegalArgumentException("The buffer to read into is full.");
        }
        try {
            var until = SharedMemory.until(timeout);
            while (true) {
                var gone = serverGone;
                var read = ring.read(target);
                if (read > 0) {
                    return read;
                }
                if (closed) {
                    throw SharedMemory.closedMeanwhile(address);
                }
                if (gone) {
                    return -1;
                }
                if (!ring.awaitReply(until)) {
                    throw late(timeout);
                }
            }
        } catch (IllegalStateException e) {
            throw whileClosed(e);
        }
    }

    private SocketTimeoutException late(Duration timeout) throws IOException {
        close();
        return SharedMemory.late(address, timeout);
    }

    /// The memory is no longer mapped.
    private IOException whileClosed(IllegalStateException e) {
        if (!closed) {
            throw e;
        }
        return SharedMemory.closedMeanwhile(address);
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        try {
            while (source.hasRemaining()) {
                if (closed) {
                    throw SharedMemory.closedMeanwhile(address);
                }
                if (serverGone) {
                    throw SharedMemory.ended(address);
                }
                if (ring.write(source) == 0) {
                    ring.awaitRoom(SharedMemory.until(Duration.ZERO));
                }
            }
        } catch (IllegalStateException e) {
            throw whileClosed(e);
        }
    }

    @Override
    public boolean alive() {
        return !serverGone && !closed;
    }

    @Override
    public Optional<Rings> rings() {
        return Optional.of(this);
    }

    @Override
    public List<HandshakeStep> handshake() {
        return handshake;
    }

    @Override
    public Optional<RingPositions> positions() {
        return ring.positions(0);
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            control.close();
        } finally {
            serverGone = true;
            ring.close();
        }
    }
}

package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.HandshakeStep;
import dev.wasmscope.engine.spi.RingPositions;
import dev.wasmscope.engine.spi.Rings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The ordinary connection, where shared memory was asked for and cannot be had; it knows why.
record SocketInstead(Connection socket, List<HandshakeStep> handshake) implements Connection, Rings {
    @Override
    public int read(ByteBuffer target, Duration timeout) throws IOException {
        return socket.read(target, timeout);
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        socket.write(source);
    }

    @Override
    public boolean alive() {
        return socket.alive();
    }

    @Override
    public Optional<Rings> rings() {
        return Optional.of(this);
    }

    @Override
    public Optional<RingPositions> positions() {
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

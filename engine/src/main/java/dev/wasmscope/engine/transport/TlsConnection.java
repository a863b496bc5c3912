package dev.wasmscope.engine.transport;

import dev.wasmscope.engine.spi.Connection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/// A byte stream inside TLS. Not for measuring: it copies.
final class TlsConnection implements Connection {
    private static final int CHUNK = 16 * 1024;

    private final SSLSocket socket;
    private final String address;
    private final byte[] in = new byte[CHUNK];
    private final byte[] out = new byte[CHUNK];
    private volatile boolean ended;

    TlsConnection(SSLSocket socket, String address) {
        this.socket = socket;
        this.address = address;
    }

    @Override
    public int read(ByteBuffer target, Duration timeout) throws IOException {
        if (!target.hasRemaining()) {
            throw new IllegalArgumentException("The buffer to read into is full.");
        }
        try {
            socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            var read = socket.getInputStream().read(in, 0, Math.min(in.length, target.remaining()));
            if (read < 0) {
                ended = true;
            } else {
                target.put(in, 0, read);
            }
            return read;
        } catch (SocketTimeoutException e) {
            close();
            var late = new SocketTimeoutException(
                    "%s sent nothing for %d ms; the connection was closed.".formatted(address, timeout.toMillis()));
            late.initCause(e);
            throw late;
        } catch (IOException e) {
            ended = true;
            throw e;
        }
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        try {
            while (source.hasRemaining()) {
                var length = Math.min(out.length, source.remaining());
                source.get(out, 0, length);
                socket.getOutputStream().write(out, 0, length);
            }
        } catch (IOException e) {
            ended = true;
            throw e;
        }
    }

    @Override
    public boolean alive() {
        return !ended && !socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        ended = true;
        socket.close();
    }
}

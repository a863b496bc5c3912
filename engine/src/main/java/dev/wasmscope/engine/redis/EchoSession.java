package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.spi.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// One client of the echo server. Allocates nothing on the way of a request, so that no collection is measured.
final class EchoSession {
    private static final int FIRST_BUFFER = 64 * 1024;
    private static final int LARGEST_BUFFER = 64 * 1024 * 1024;
    private static final byte[] PONG = ascii("+PONG\r\n");
    private static final byte[] OK = ascii("+OK\r\n");
    private static final byte[] NOTHING = ascii("*0\r\n");
    private static final byte[] MISSING = ascii("-ERR wrong number of arguments\r\n");
    private static final byte[] HELLO =
            ascii("%3\r\n$6\r\nserver\r\n$4\r\necho\r\n$7\r\nversion\r\n$5\r\n1.0.0\r\n$5\r\nproto\r\n:3\r\n");

    private final Connection connection;
    private final EchoStore store;
    private final EchoRequest request = new EchoRequest();
    private ByteBuffer in = ByteBuffer.allocateDirect(FIRST_BUFFER);
    private ByteBuffer out = ByteBuffer.allocateDirect(FIRST_BUFFER);

    EchoSession(Connection connection, EchoStore store) {
        this.connection = connection;
        this.store = store;
    }

    /// Answers until the client goes.
    void run() throws IOException {
        while (connection.read(in, Duration.ZERO) >= 0) {
            in.flip();
            while (request.read(in)) {
                answer();
            }
            flush();
            in.compact();
            if (!in.hasRemaining()) {
                in = larger(in);
            }
        }
    }

    private void answer() throws IOException {
        if (request.named(in, "PING") && request.count() == 1) {
            put(PONG);
        } else if (request.named(in, "PING") || request.named(in, "ECHO")) {
            if (request.count() < 2) {
                put(MISSING);
            } else {
                bulk(in, request.from(1), request.length(1));
            }
        } else if (request.named(in, "GET")) {
            var value = store.get();
            bulk(value, 0, value.limit());
        } else if (request.named(in, "SET") && request.count() > 2) {
            store.set(in, request.from(2), request.length(2));
            put(OK);
        } else if (request.named(in, "HELLO")) {
            put(HELLO);
        } else {
            put(request.named(in, "COMMAND") ? NOTHING : OK);
        }
    }

    private void put(byte[] bytes) throws IOException {
        room(bytes.length);
        out.put(bytes);
    }

    private void bulk(ByteBuffer source, int from, int length) throws IOException {
        room(length + 16);
        out.put((byte) '$');
        number(length);
        out.put((byte) '\r').put((byte) '\n');
        out.put(out.position(), source, from, length);
        out.position(out.position() + length);
        out.put((byte) '\r').put((byte) '\n');
    }

    private void number(int value) {
        var power = 1;
        while (value / power >= 10) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            out.put((byte) ('0' + value / power % 10));
        }
    }

    private void room(int length) throws IOException {
        if (out.remaining() < length) {
            flush();
        }
        while (out.capacity() < length) {
            out = larger(out);
        }
    }

    private void flush() throws IOException {
        out.flip();
        if (out.hasRemaining()) {
            connection.write(out);
        }
        out.clear();
    }

    private static ByteBuffer larger(ByteBuffer full) throws IOException {
        if (full.capacity() >= LARGEST_BUFFER) {
            throw new IOException("A request has more than %d bytes.".formatted(LARGEST_BUFFER));
        }
        return ByteBuffer.allocateDirect(full.capacity() * 2).put(full.flip());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

package dev.wasmscope.engine.redis.benchmark;

import dev.wasmscope.engine.redis.wasm.WasmRedis;
import dev.wasmscope.engine.resp.RespEncoder;
import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/// Sends the same requests to the native server and to Redis in Wasm and compares the replies byte for byte: two
/// programs that answer differently do not do the same work.
///
/// The keys are random, from a fixed seed, as with `redis-benchmark -r`. `SPOP` takes whichever member it likes, so
/// each follows an `SADD` to a set that is empty.
final class ReplyComparison {
    static final int REQUESTS_A_TEST = 100;
    private static final int KEYS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Random random;

    ReplyComparison(long seed) {
        random = new Random(seed);
    }

    /// @param server way to the native one; its database is emptied, and left full
    /// @param wasm with an empty database
    /// @return how many replies were equal: all
    /// @throws IOException naming the first request whose replies differ
    long compare(Transport server, WasmRedis wasm) throws IOException {
        int client = wasm.connect();
        long compared = 0;
        try (var connection = server.connect(PATIENCE)) {
            compare(RespEncoder.command("FLUSHALL"), connection, wasm, client, compared++);
            for (var group : DefaultTests.groups()) {
                for (var test : group.tests()) {
                    for (int i = 0; i < REQUESTS_A_TEST; i++) {
                        if (test.command().equals("SPOP")) {
                            compare(RespEncoder.command("DEL", "myset"), connection, wasm, client, compared++);
                            compare(RespEncoder.command("SADD", "myset", "one"), connection, wasm, client, compared++);
                        }
                        compare(filled(test.request()), connection, wasm, client, compared++);
                    }
                }
            }
        } finally {
            wasm.disconnect(client, (_, _, _) -> {});
        }
        return compared;
    }

    private void compare(byte[] request, Connection connection, WasmRedis wasm, int client, long number)
            throws IOException {
        // The end of a reply is where the answer to a request of our own begins.
        var mark = "%012d".formatted(number);
        var end = ("$" + mark.length() + "\r\n" + mark + "\r\n").getBytes(StandardCharsets.US_ASCII);
        var marked = new ByteArrayOutputStream();
        marked.writeBytes(request);
        marked.writeBytes(RespEncoder.command("ECHO", mark));
        connection.write(ByteBuffer.wrap(marked.toByteArray()));
        var expected = read(connection, end);
        var actual = new ByteArrayOutputStream();
        wasm.handle(client, ByteBuffer.wrap(marked.toByteArray()), (_, bytes, _) -> {
            var copy = new byte[bytes.remaining()];
            bytes.get(copy);
            actual.writeBytes(copy);
        });
        if (!Arrays.equals(expected, actual.toByteArray())) {
            throw new IOException(
                    "Request %,d (%s) is answered with %s by the native server and with %s by Redis in Wasm."
                            .formatted(number, text(request), text(expected), text(actual.toByteArray())));
        }
    }

    private static byte[] read(Connection connection, byte[] end) throws IOException {
        var all = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(16 * 1024);
        while (true) {
            if (connection.read(buffer.clear(), PATIENCE) < 0) {
                throw new IOException("The native server has ended the connection.");
            }
            all.write(buffer.array(), 0, buffer.position());
            var bytes = all.toByteArray();
            if (bytes.length >= end.length
                    && Arrays.equals(bytes, bytes.length - end.length, bytes.length, end, 0, end.length)) {
                return bytes;
            }
        }
    }

    /// The request with every placeholder replaced by a number of the same length.
    private byte[] filled(byte[] request) {
        var text = new String(request, StandardCharsets.ISO_8859_1);
        while (text.contains(DefaultTests.PLACEHOLDER)) {
            text = text.replaceFirst(DefaultTests.PLACEHOLDER, "%012d".formatted(random.nextInt(KEYS)));
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        var text = new String(bytes, 0, Math.min(bytes.length, 100), StandardCharsets.ISO_8859_1);
        return "\"" + text.replace("\r", "\\r").replace("\n", "\\n") + "\"" + (bytes.length > 100 ? "…" : "");
    }
}

package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.transport.Peer;
import dev.wasmscope.engine.transport.PeerHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One client of the echo server. Allocates nothing on the way of a request, so that no collection is measured.
final class EchoSession implements PeerHandler {
    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] PONG = ascii("+PONG\r\n");
    private static final byte[] OK = ascii("+OK\r\n");
    private static final byte[] NOTHING = ascii("*0\r\n");
    private static final byte[] MISSING = ascii("-ERR wrong number of arguments\r\n");
    private static final byte[] HELLO =
            ascii("%3\r\n$6\r\nserver\r\n$4\r\necho\r\n$7\r\nversion\r\n$5\r\n1.0.0\r\n$5\r\nproto\r\n:3\r\n");

    private final Peer peer;
    private final EchoStore store;
    /// One for all: nothing of it is kept from one request to the next.
    private final EchoRequest request;

    EchoSession(Peer peer, EchoStore store, EchoRequest request) {
        this.peer = peer;
        this.store = store;
        this.request = request;
    }

    @Override
    public void received(ByteBuffer in) throws IOException {
        while (request.read(in)) {
            answer(in);
        }
    }

    @Override
    public void closed() {
        // Nothing is kept for a client.
    }

    private void answer(ByteBuffer in) {
        if (request.named(in, "PING") && request.count() == 1) {
            peer.send(PONG);
        } else if (request.named(in, "PING") || request.named(in, "ECHO")) {
            if (request.count() < 2) {
                peer.send(MISSING);
            } else {
                bulk(in, request.from(1), request.length(1));
            }
        } else if (request.named(in, "GET")) {
            var value = store.get();
            bulk(value, 0, value.limit());
        } else if (request.named(in, "SET") && request.count() > 2) {
            store.set(in, request.from(2), request.length(2));
            peer.send(OK);
        } else if (request.named(in, "HELLO")) {
            peer.send(HELLO);
        } else {
            peer.send(request.named(in, "COMMAND") ? NOTHING : OK);
        }
    }

    private void bulk(ByteBuffer source, int from, int length) {
        peer.send((byte) '$');
        number(length);
        peer.send(LINE_END);
        peer.send(source, from, length);
        peer.send(LINE_END);
    }

    private void number(int value) {
        var power = 1;
        while (value / power >= 10) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            peer.send((byte) ('0' + value / power % 10));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.transport.Peer;
import dev.wasmscope.engine.transport.PeerHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Looks whether what a client sends is `SHM.OPEN`, and passes everything else on.
///
/// The request is known by its first bytes, where a client has written nothing before it that is still to be read: the
/// protocol asks that of a client, and no other service's bytes are ever looked at twice.
final class RingHandshake implements PeerHandler {
    private static final byte[] BEGINNING = "*2\r\n$8\r\nSHM.OPEN\r\n$".getBytes(StandardCharsets.US_ASCII);
    /// A version of up to nine digits.
    private static final int LONGEST = BEGINNING.length + 14;

    private final Peer peer;
    private final PeerHandler service;
    private final SharedMemoryServer rings;
    private @Nullable RingLink ring;

    RingHandshake(Peer peer, PeerHandler service, SharedMemoryServer rings) {
        this.peer = peer;
        this.service = service;
        this.rings = rings;
    }

    @Override
    public void received(ByteBuffer bytes) throws IOException {
        var opened = ring;
        if (opened != null && opened.attachesNow()) {
            onlyBells(bytes);
            return;
        }
        if (opened != null || !begins(bytes)) {
            service.received(bytes);
            return;
        }
        var end = end(bytes);
        if (end > 0) {
            var version = version(bytes, end);
            bytes.position(end);
            answer(version);
        } else if (bytes.remaining() > LONGEST) {
            service.received(bytes);
        }
    }

    /// What has come over the socket before this side noticed that the client uses its ring.
    private void onlyBells(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (bytes.get() != SharedMemory.BELL) {
                throw RingLink.strayRequest(peer.name());
            }
        }
    }

    /// Whether all that is there could be the request, upper case or lower.
    private static boolean begins(ByteBuffer bytes) {
        var first = bytes.position();
        var length = Math.min(BEGINNING.length, bytes.remaining());
        for (var i = 0; i < length; i++) {
            if (Character.toUpperCase(bytes.get(first + i)) != BEGINNING[i]) {
                return false;
            }
        }
        return true;
    }

    /// Behind the request; 0 when there is more to come.
    private static int end(ByteBuffer bytes) {
        var lines = 0;
        for (var at = bytes.position() + BEGINNING.length; at + 1 < bytes.limit(); at++) {
            if (bytes.get(at) == '\r' && bytes.get(at + 1) == '\n' && ++lines == 2) {
                return at + 2;
            }
        }
        return 0;
    }

    private static String version(ByteBuffer bytes, int end) {
        var from = bytes.position() + BEGINNING.length;
        var text = new byte[end - from];
        bytes.get(from, text);
        var lines = new String(text, StandardCharsets.US_ASCII).split("\r\n", -1);
        return lines.length > 1 ? lines[1] : "";
    }

    private void answer(String version) {
        if (!version.equals(String.valueOf(RingLayout.VERSION))) {
            error("this server speaks version %d of shared memory, not %s".formatted(RingLayout.VERSION, version));
        } else if (peer.pending() > 0) {
            error("%s has to wait until all requests before it are answered".formatted(RingOffer.COMMAND));
        } else {
            try {
                var made = rings.offer(peer);
                ring = made.ring();
                peer.send(made.offer().answer());
            } catch (IOException e) {
                error(String.valueOf(e.getMessage()));
            }
        }
    }

    private void error(String sentence) {
        peer.send(("-ERR " + sentence + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void closed() {
        if (ring != null) {
            ring.release();
        }
        service.closed();
    }
}

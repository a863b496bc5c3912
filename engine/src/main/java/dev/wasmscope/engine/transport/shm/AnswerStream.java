package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.resp.ReplyScanner;
import dev.wasmscope.engine.transport.BytePipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The answers that come over two paths, as the one stream that the caller reads: whole replies, in the order of the
/// requests, without those that are the connection's own. One thread at a time.
final class AnswerStream {
    /// What a server answers that does not take a command over shared memory, nor anything behind it until it is told.
    private static final byte[] OTHER_PATH = "-SHMPATH".getBytes(StandardCharsets.US_ASCII);

    private static final int LONGEST_ERROR = 1 << 16;

    private final Sent.Queue sent;
    private final BytePipe inbox;
    private final ByteBuffer fromSocket = ByteBuffer.allocate(BytePipe.CAPACITY).flip();
    private final Way ring = new Way(Sent.Path.RING);
    private final Way socket = new Way(Sent.Path.SOCKET);
    /// What was read while nobody had asked for it, or had to be seen whole first.
    private final ArrayDeque<ByteBuffer> backlog = new ArrayDeque<>();

    private final List<Sent> refused = new ArrayList<>();
    private @Nullable Sent refusedLast;
    private @Nullable Sent answering;
    private byte[] ours = new byte[0];
    private int protocol = 2;
    private boolean moved;
    private volatile boolean refusing;

    AnswerStream(Sent.Queue sent, BytePipe inbox) {
        this.sent = sent;
        this.inbox = inbox;
    }

    /// One of the two, with the reply that is under way on it.
    private static final class Way {
        final Sent.Path path;
        final ReplyScanner scanner = new ReplyScanner();
        /// Of a reply that has to be seen whole before it is known whose it is.
        final ByteArrayOutputStream held = new ByteArrayOutputStream();
        /// Whether it answers anything.
        boolean asked;

        Way(Sent.Path path) {
            this.path = path;
        }

        boolean between() {
            return held.size() == 0 && scanner.betweenReplies();
        }
    }

    /// Whether the server has sent commands back to the socket, and which.
    boolean refusing() {
        return refusing;
    }

    /// Those commands, once all of them were sent back.
    List<Sent> takeRefused() {
        var all = List.copyOf(refused);
        refused.clear();
        refusing = false;
        return all;
    }

    /// The last answer that was the connection's own.
    byte[] ours() {
        return ours;
    }

    /// As the server's last HELLO or RESET left it.
    int protocol() {
        return protocol;
    }

    /// Moves what there is from either path.
    ///
    /// @param open null while there is no ring
    /// @return bytes put into the target
    int step(@Nullable ClientRing open, ByteBuffer target) throws IOException {
        int put;
        do {
            moved = false;
            put = backlog(target);
            // A reply is not interrupted by the other path's.
            if (put == 0 && open != null && socket.between()) {
                put = move(ring, open, open.window(), target);
            }
            if (put == 0 && ring.between()) {
                put = move(socket, open, socketWindow(), target);
            }
        } while (put == 0 && moved);
        return put;
    }

    /// As [#step], where replies are no longer counted.
    int raw(ByteBuffer target) {
        var put = backlog(target);
        if (put == 0) {
            put = copy(socketWindow(), target);
        }
        return put;
    }

    private int backlog(ByteBuffer target) {
        var first = backlog.peek();
        if (first == null) {
            return 0;
        }
        var put = copy(first, target);
        if (!first.hasRemaining()) {
            backlog.remove();
        }
        return put;
    }

    private static int copy(ByteBuffer from, ByteBuffer target) {
        var count = Math.min(from.remaining(), target.remaining());
        target.put(target.position(), from, from.position(), count);
        target.position(target.position() + count);
        from.position(from.position() + count);
        return count;
    }

    /// Keeps bytes for the next one who reads.
    void keep(ByteBuffer bytes) {
        backlog.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
    }

    private ByteBuffer socketWindow() {
        if (!fromSocket.hasRemaining()) {
            fromSocket.clear();
            inbox.read(fromSocket);
            fromSocket.flip();
        }
        return fromSocket;
    }

    private int move(Way way, @Nullable ClientRing open, ByteBuffer window, ByteBuffer target) throws IOException {
        if (!window.hasRemaining()) {
            return 0;
        }
        var begin = window.position();
        if (way.held.size() > 0 || (way.scanner.betweenReplies() && begins(way, window.get(begin)))) {
            hold(way, window);
            skip(way, open, window.position() - begin);
            return 0;
        }
        var whole = window.limit();
        window.limit(Math.min(whole, begin + target.remaining()));
        while (window.hasRemaining()) {
            // The first has begun above.
            if (window.position() > begin
                    && way.scanner.betweenReplies()
                    && begins(way, window.get(window.position()))) {
                break;
            }
            if (way.scanner.next(window)) {
                ended(way);
            }
        }
        var count = window.position() - begin;
        target.put(target.position(), window, begin, count);
        target.position(target.position() + count);
        window.limit(whole);
        skip(way, open, count);
        return count;
    }

    private void skip(Way way, @Nullable ClientRing open, int count) throws IOException {
        if (way.path == Sent.Path.RING && open != null) {
            open.skip(count);
        }
        moved = true;
    }

    /// A reply begins.
    ///
    /// @return whether it has to be seen whole before anybody gets it
    private boolean begins(Way way, byte type) throws IOException {
        var current = answering;
        if (current == null) {
            answering = current = sent.take();
        }
        way.asked = current != null && current.path == way.path && type != '>';
        if (current == null || !way.asked) {
            if (way.path == Sent.Path.RING) {
                throw new IOException("The server answered over shared memory what nobody has asked there.");
            }
            // What a server says by itself, before it closes the connection for example.
            return false;
        }
        current.type = type;
        return current.answers != Sent.Answers.CALLER || (way.path == Sent.Path.RING && type == '-');
    }

    private void hold(Way way, ByteBuffer window) throws IOException {
        var begin = window.position();
        var ended = way.scanner.next(window);
        var piece = new byte[window.position() - begin];
        window.get(begin, piece);
        way.held.writeBytes(piece);
        if (!ended) {
            if (way.held.size() > LONGEST_ERROR) {
                throw new IOException("The server sent an error of over %d bytes.".formatted(LONGEST_ERROR));
            }
            return;
        }
        var reply = way.held.toByteArray();
        way.held.reset();
        var current = Objects.requireNonNull(answering);
        switch (current.answers) {
            case OURS -> ours = reply;
            case NOBODY -> {
                // It was given before.
            }
            case CALLER -> {
                if (ByteBuffer.wrap(reply).mismatch(ByteBuffer.wrap(OTHER_PATH)) == OTHER_PATH.length) {
                    refuse(current);
                } else if (refusing) {
                    throw new IOException("The server has answered a command behind one that it sent back.");
                } else {
                    backlog.add(ByteBuffer.wrap(reply));
                }
            }
        }
        ended(way);
    }

    /// It and all behind it have to be said again over the socket.
    private void refuse(Sent current) throws IOException {
        refusing = true;
        if (refusedLast != current) {
            refusedLast = current;
            refused.add(current.open == current.commands ? current : rest(current));
        }
    }

    /// The commands that were not answered.
    private static Sent rest(Sent current) throws IOException {
        var scanner = new RequestScanner();
        var bytes = ByteBuffer.wrap(current.bytes);
        for (var i = current.open; i < current.commands; i++) {
            bytes.position(bytes.position() + scanner.next(bytes));
        }
        var left = new byte[bytes.remaining()];
        bytes.get(left);
        return new Sent(Sent.Path.RING, left, current.open, Sent.Answers.CALLER, current.route, null);
    }

    private void ended(Way way) {
        var current = answering;
        if (current == null || !way.asked) {
            return;
        }
        if (current.route == CommandRoutes.Route.HELLO && current.type != '-') {
            protocol = current.type == '%' ? 3 : current.type == '*' ? 2 : protocol;
        } else if (current.route == CommandRoutes.Route.RESET) {
            protocol = 2;
        }
        if (--current.open == 0) {
            answering = null;
            sent.answered();
        }
    }
}

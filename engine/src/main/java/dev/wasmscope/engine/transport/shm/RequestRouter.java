package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.transport.shm.CommandRoutes.Route;
import dev.wasmscope.engine.transport.shm.Sent.Answers;
import dev.wasmscope.engine.transport.shm.Sent.Path;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes apart what a caller writes, and chooses the way of each command. On the writing side only.
///
/// Who writes the same again and again, as one who measures does, has its way chosen once: what is written is compared
/// with what was written before.
final class RequestRouter {
    private static final int LONGEST_USUAL = 1024;

    private final RoutedConnection connection;
    private final RequestScanner scanner = new RequestScanner();
    private CommandRoutes routes = CommandRoutes.ALL;
    /// A command that has not come whole.
    private ByteBuffer partial = ByteBuffer.allocate(0);

    /// Plain commands that were written last, and how many.
    private ByteBuffer usual = ByteBuffer.allocate(0);

    private int usualCommands;

    private boolean multi;
    private Path multiPath = Path.SOCKET;
    private Sent.Transaction transaction = new Sent.Transaction();
    private boolean watching;
    /// The socket's user, database or protocol may have changed since the ring was told.
    private boolean stale;

    RequestRouter(RoutedConnection connection) {
        this.connection = connection;
    }

    void takes(CommandRoutes taken) {
        routes = taken;
    }

    void write(ByteBuffer source) throws IOException {
        if (usualCommands > 0
                && !multi
                && !stale
                && !partial.hasRemaining()
                && source.mismatch(usual) < 0
                && connection.ringReady()) {
            connection.send(plain(usual.array(), usualCommands), source);
            return;
        }
        takeApart(source);
    }

    private static Sent plain(byte[] bytes, int commands) {
        return new Sent(Path.RING, bytes, commands, Answers.CALLER, Route.PLAIN, null);
    }

    private void takeApart(ByteBuffer source) throws IOException {
        var all = source;
        if (partial.hasRemaining()) {
            all = ByteBuffer.allocate(partial.remaining() + source.remaining())
                    .put(partial)
                    .put(source)
                    .flip();
        }
        usualCommands = 0;
        var first = all.position();
        var length = scanner.next(all);
        while (length > 0) {
            var route = scanner.odd() ? Route.STREAM : routes.route(scanner.name(), scanner.second());
            if (multi && route == Route.HELLO) {
                route = Route.STREAM;
            }
            if (route == Route.PLAIN && !multi && useRing()) {
                run(all, length, first);
            } else {
                one(all, length, route);
                if (route == Route.STREAM) {
                    connection.writeSocket(all);
                    return;
                }
            }
            length = scanner.next(all);
        }
        partial = ByteBuffer.allocate(all.remaining()).put(all).flip();
    }

    /// Sends plain commands that stand behind each other in one go.
    private void run(ByteBuffer all, int length, int first) throws IOException {
        var begin = all.position();
        var commands = 0;
        for (var next = length; next > 0; next = scanner.next(all)) {
            if (commands > 0 && (scanner.odd() || routes.route(scanner.name(), scanner.second()) != Route.PLAIN)) {
                break;
            }
            all.position(all.position() + next);
            commands++;
        }
        var bytes = bytes(all, begin, all.position() - begin);
        if (begin == first && !all.hasRemaining() && bytes.length <= LONGEST_USUAL) {
            usual = ByteBuffer.wrap(bytes);
            usualCommands = commands;
        }
        connection.send(plain(bytes, commands), ByteBuffer.wrap(bytes));
    }

    private static byte[] bytes(ByteBuffer all, int at, int length) {
        var bytes = new byte[length];
        all.get(at, bytes);
        return bytes;
    }

    private void one(ByteBuffer all, int length, Route route) throws IOException {
        var bytes = bytes(all, all.position(), length);
        all.position(all.position() + length);
        if (connection.refusing()) {
            connection.awaitAnswers();
        }
        if (multi && multiPath == Path.RING && takenInRing(route)) {
            queue(bytes, route);
            return;
        }
        if (multi && multiPath == Path.RING) {
            moveTransaction();
        }
        if (route == Route.MULTI && !multi && !watching && useRing()) {
            begin(Path.RING, bytes);
            return;
        }
        if (route == Route.STREAM) {
            connection.stayOnSocket("Replies to %s come on the socket, and so do all behind it."
                    .formatted(scanner.odd() ? "a typed line" : scanner.name().toUpperCase(java.util.Locale.ROOT)));
            connection.writeSocket(ByteBuffer.wrap(bytes));
            return;
        }
        follow(route, bytes);
        send(Path.SOCKET, bytes, route, null);
    }

    private static boolean takenInRing(Route route) {
        return switch (route) {
            case PLAIN, MULTI, EXEC, DISCARD -> true;
            default -> false;
        };
    }

    private void queue(byte[] bytes, Route route) throws IOException {
        var whole = route == Route.EXEC ? transaction : null;
        switch (route) {
            case PLAIN -> transaction.add(bytes);
            case EXEC, DISCARD -> multi = false;
            default -> {
                // MULTI within MULTI is an error that changes nothing.
            }
        }
        send(Path.RING, bytes, route, whole);
    }

    private void begin(Path way, byte[] bytes) throws IOException {
        multi = true;
        multiPath = way;
        transaction = new Sent.Transaction();
        transaction.add(bytes);
        send(way, bytes, Route.MULTI, null);
    }

    /// What a command over the socket changes.
    private void follow(Route route, byte[] bytes) {
        switch (route) {
            case MULTI -> {
                if (!multi) {
                    multi = true;
                    multiPath = Path.SOCKET;
                    transaction = new Sent.Transaction();
                    transaction.add(bytes);
                }
            }
            case EXEC, DISCARD -> {
                watching &= !multi;
                multi = false;
            }
            case WATCH -> watching = true;
            case UNWATCH -> watching &= multi;
            case SESSION, HELLO -> stale = true;
            case RESET -> {
                stale = true;
                multi = false;
                watching = false;
            }
            default -> {
                // Nothing behind it.
            }
        }
    }

    private void send(Path way, byte[] bytes, Route route, Sent.@Nullable Transaction whole) throws IOException {
        connection.send(new Sent(way, bytes, 1, Answers.CALLER, route, whole), ByteBuffer.wrap(bytes));
    }

    /// Whether a plain command goes through shared memory now; sees that the ring is told what it has to know.
    private boolean useRing() throws IOException {
        if (connection.refusing()) {
            connection.awaitAnswers();
        }
        if (stale && connection.drained()) {
            stale = false;
            if (connection.hasRing()) {
                tellSession();
            } else {
                connection.openAfterLogin();
                if (connection.hasRing() && connection.protocol() != 2) {
                    tellSession();
                }
            }
        }
        return !stale && connection.ringReady();
    }

    /// The ring takes over the socket's user and database, and forgets what it had queued or sent back.
    private void tellSession() throws IOException {
        var request = "*2\r\n$11\r\nSHM.SESSION\r\n$1\r\n%d\r\n".formatted(connection.protocol());
        var answer = connection.ask(Path.RING, request.getBytes(StandardCharsets.US_ASCII), 1);
        if (answer.length == 0 || answer[0] != '+') {
            connection.abandonRing("The server's memory does not follow the login: %s"
                    .formatted(new String(answer, StandardCharsets.UTF_8).strip()));
        }
    }

    /// Something in the transaction is not for the ring: all of it is said again over the socket.
    private void moveTransaction() throws IOException {
        connection.awaitAnswers();
        if (multiPath == Path.RING) {
            tellSession();
            connection.ask(Path.SOCKET, transaction.bytes(), transaction.commands());
            multiPath = Path.SOCKET;
        }
    }

    /// Says over the socket what was sent back from the ring.
    void resend(List<Sent> refused) throws IOException {
        tellSession();
        if (!refused.isEmpty()) {
            var ended = refused.getFirst().transaction;
            if (ended != null) {
                connection.ask(Path.SOCKET, ended.bytes(), ended.commands());
            }
        }
        for (var commands : refused) {
            connection.send(
                    new Sent(Path.SOCKET, commands.bytes, commands.commands, Answers.CALLER, commands.route, null),
                    ByteBuffer.wrap(commands.bytes));
        }
        if (multi) {
            multiPath = Path.SOCKET;
        }
    }
}

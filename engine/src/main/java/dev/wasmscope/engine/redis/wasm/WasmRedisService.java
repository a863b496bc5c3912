package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.transport.LoopService;
import dev.wasmscope.engine.transport.Peer;
import dev.wasmscope.engine.transport.PeerHandler;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Redis in Wasm behind an event loop: bytes of clients in, replies to whomever they are for, the clock and the timer.
/// On the thread that owns the instance.
final class WasmRedisService implements LoopService, Mailbox.Recipient {
    private static final byte[] REFUSED = "-ERR max number of clients reached\r\n".getBytes(StandardCharsets.US_ASCII);

    private final WasmRedis redis;
    private final ClockMode mode;
    private final WallClock clock = new WallClock();
    private final ClientTable clients = new ClientTable();
    /// Whether Redis knows what time it is in this turn.
    private boolean told;
    private long nextTimer;
    private final ArrayList<WasmClient> changed = new ArrayList<>();
    private Runnable exited = () -> {};
    private @Nullable WasmRedisException failure;
    private @Nullable BusyClients busy;
    private @Nullable WasmClient running;
    private @Nullable RecentCalls recent;
    /// Clients that Redis still knows and that are gone here.
    private final ArrayDeque<Integer> toldWrong = new ArrayDeque<>();

    WasmRedisService(WasmRedis redis, ClockMode mode) {
        this.redis = redis;
        this.mode = mode;
        nextTimer = redis.nextTimer();
    }

    /// Who serves the clients while a call lasts; before the first client.
    void busy(BusyClients clientsMeanwhile) {
        busy = clientsMeanwhile;
        redis.guard(clientsMeanwhile);
    }

    /// @param action when a client has shut Redis down
    void whenExited(Runnable action) {
        exited = action;
    }

    @Override
    public PeerHandler opened(Peer peer) throws IOException {
        var client = new WasmClient(this, peer);
        if (busy != null && busy.standingIn()) {
            busy.connect(client);
        } else {
            connect(client);
        }
        return client;
    }

    private void connect(WasmClient client) {
        tellTime();
        connected(client, redis.connect());
    }

    @Override
    public void connected(WasmClient client, int id) {
        client.connected(id);
        if (id == 0) {
            client.peer().send(REFUSED);
            client.peer().close();
        } else if (client.peer().open()) {
            clients.put(client);
        }
        client.peer().resume();
    }

    void handle(WasmClient client, ByteBuffer bytes) {
        if (busy != null && busy.standingIn()) {
            busy.bytes(client, bytes);
            return;
        }
        now(client, bytes);
        if (busy != null) {
            for (var letter = busy.next(); letter != null; letter = busy.next()) {
                open(letter);
            }
        }
    }

    /// What came during a call and was not taken by it.
    private void open(Letter letter) {
        switch (letter.kind()) {
            case MailLayout.IN_CONNECT -> connect(letter.client());
            case MailLayout.IN_GONE -> leave(letter.client());
            default -> now(letter.client(), ByteBuffer.wrap(letter.bytes()));
        }
    }

    private void now(WasmClient client, ByteBuffer bytes) {
        tellSlow(client);
        if (failure != null || clients.get(client.id()) == null) {
            // Redis has closed it: what still comes is of no interest.
            bytes.position(bytes.limit());
            return;
        }
        try {
            tellTime();
            running = client;
            handleWatched(client.id(), bytes);
            for (var told = toldWrong.poll(); told != null; told = toldWrong.poll()) {
                redis.disconnect(told, this);
            }
        } catch (WasmRedisException e) {
            failure = e;
        }
    }

    /// It takes what is sent to it no more, or again.
    void changed(WasmClient client) {
        changed.add(client);
    }

    /// Redis keeps the replies of a client that does not read, counts them, and closes it when they are too many.
    private void tellSlow(WasmClient client) {
        if (failure != null || !client.equals(clients.get(client.id())) || !client.slowChanged()) {
            return;
        }
        try {
            tellTime();
            redis.writable(client.id(), !client.slow(), this);
        } catch (WasmRedisException e) {
            failure = e;
        }
    }

    private void handleWatched(int client, ByteBuffer bytes) {
        var watching = recent;
        if (watching == null) {
            redis.handle(client, bytes, this);
            return;
        }
        var length = bytes.remaining();
        var pages = redis.memory().pages();
        var begin = System.nanoTime();
        redis.handle(client, bytes, this);
        watching.add(
                client, length, System.nanoTime() - begin, pages, redis.memory().pages());
    }

    /// Where each request's cost is kept; null for nowhere.
    void watch(@Nullable RecentCalls calls) {
        recent = calls;
    }

    RecentCalls recent() {
        if (recent == null) {
            throw new IllegalStateException("Nobody watches.");
        }
        return recent;
    }

    /// Whether a call lasts.
    boolean busy() {
        return busy != null && busy.standingIn();
    }

    /// A call is as if it had not been. Who came during it is unknown to Redis again, who left is back, and who sent
    /// something or was answered was told what did not happen: all of them are closed.
    ///
    /// @param told numbers of those that were answered
    void undone(List<Letter> taken, Set<Integer> told) {
        var known = new TreeSet<>(told);
        taken.stream()
                .filter(letter -> letter.kind() != MailLayout.IN_CLOCK)
                .forEach(letter -> known.add(letter.client().id()));
        for (var letter : taken) {
            if (letter.kind() == MailLayout.IN_CONNECT) {
                known.remove(letter.client().id());
                close(letter.client());
            }
        }
        known.remove(0);
        for (var id : known) {
            var client = clients.get(id);
            if (client != null) {
                close(client);
            }
            toldWrong.add(id);
        }
    }

    private void close(WasmClient client) {
        if (client.peer().open()) {
            System.getLogger(WasmRedisService.class.getName())
                    .log(
                            Level.WARNING,
                            "The client %s is closed: it was served during a call that was undone."
                                    .formatted(client.peer().name()));
        }
        clients.remove(client.id());
        client.peer().close();
    }

    /// The client whose request is being handled.
    @Nullable
    WasmClient running() {
        return running;
    }

    void gone(WasmClient client) {
        if (busy != null && busy.standingIn()) {
            busy.gone(client);
        } else if (clients.get(client.id()) != null) {
            leave(client);
        }
    }

    private void leave(WasmClient client) {
        forget(client);
        if (failure == null && client.id() != 0) {
            try {
                tellTime();
                redis.disconnect(client.id(), this);
            } catch (WasmRedisException e) {
                failure = e;
            }
        }
    }

    /// Nothing for it is delivered any more.
    void forget(WasmClient client) {
        clients.remove(client.id());
    }

    @Override
    public void reply(int id, ByteBuffer bytes, boolean closed) {
        var client = clients.get(id);
        if (client == null) {
            return;
        }
        client.peer().send(bytes);
        if (closed) {
            clients.remove(id);
            client.peer().close();
        }
    }

    /// What time it is where Redis is told; empty where its own clock runs.
    OptionalLong wallMicros() {
        return mode == ClockMode.WALL ? OptionalLong.of(clock.micros()) : OptionalLong.empty();
    }

    private void tellTime() {
        if (!told && mode == ClockMode.WALL) {
            told = true;
            redis.clock(clock.micros());
        }
    }

    @Override
    public void turn() throws IOException {
        if (busy != null && busy.standingIn()) {
            busy.turn();
            return;
        }
        try {
            if (failure == null && now() >= nextTimer) {
                told = false;
                tellTime();
                redis.tick(this);
            }
            changed.forEach(this::tellSlow);
            changed.clear();
            told = false;
            if (failure == null) {
                nextTimer = redis.nextTimer();
                redis.commit();
                endWithRedis();
            }
        } catch (WasmRedisException e) {
            failure = e;
        }
        if (failure != null) {
            retractAnswers(failure);
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /// What was answered in this turn is not in the journal.
    private void retractAnswers(WasmRedisException why) {
        var error = "-ERR %s\r\n".formatted(String.valueOf(why.getMessage()).replaceAll("[\r\n]", " "));
        var words = error.getBytes(StandardCharsets.UTF_8);
        clients.all().forEach(client -> client.peer().retract(words));
    }

    /// SHUTDOWN ends the server, its last replies sent.
    private void endWithRedis() {
        var code = redis.exitCode();
        if (code.isEmpty()) {
            return;
        }
        if (code.getAsInt() != 0) {
            throw new WasmRedisException("Redis in Wasm has exited with code %d.".formatted(code.getAsInt()));
        }
        exited.run();
    }

    private long now() {
        return mode == ClockMode.WALL ? clock.micros() : redis.clock();
    }

    /// In logical time nothing falls due while nothing happens.
    @Override
    public long idleMillis() {
        if (busy != null && busy.standingIn()) {
            return BusyClients.TURN_MILLIS;
        }
        if (mode == ClockMode.LOGICAL) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, (nextTimer - clock.micros() + 999) / 1000);
    }

    int clients() {
        return clients.size();
    }
}

package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.transport.EventLoop;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Serves the clients while a script keeps Redis busy: their bytes go through the mailbox into the running guest, and
/// its answers out. Everything but the guards is called by the thread that stands in, or by the owner when nobody does.
final class BusyClients implements CallGuard, AutoCloseable {
    /// Between two looks into the mailbox.
    static final long TURN_MILLIS = 2;
    /// Of one client in one call. The mailbox has an end, and the one who ends the script must still get in.
    private static final int MOST_LETTERS = 16;
    /// The time is told after 10 ms, and then whenever a fifth of what has passed has passed again: the mailbox, whose
    /// room is for one call, outlasts any script.
    private static final long FIRST_TIME_NANOS = 10_000_000;

    private final WasmRedis redis;
    private final WasmRedisService service;
    private final EventLoop loop;
    private final StandIn standIn;
    private final long address;
    /// What the last call did not take.
    private final ArrayDeque<Letter> waiting = new ArrayDeque<>();
    private final List<WasmClient> paused = new ArrayList<>();
    private List<Letter> taken = List.of();
    private Set<Integer> told = Set.of();
    private @Nullable Mailbox mailbox;
    private long begun;
    private long timeToldAfter;

    BusyClients(WasmRedis redis, WasmRedisService service, EventLoop loop) {
        this.redis = redis;
        this.service = service;
        this.loop = loop;
        address = redis.mailbox();
        standIn = new StandIn(this::serve);
    }

    @Override
    public void entering() {
        taken = List.of();
        told = Set.of();
        standIn.entering();
    }

    @Override
    public int left() {
        if (!standIn.left()) {
            return 0;
        }
        var box = mailbox;
        if (box == null) {
            return 0;
        }
        mailbox = null;
        box.receive(service);
        taken = box.taken();
        told = box.told();
        waiting.addAll(box.left());
        paused.forEach(client -> {
            client.lettersAnswered();
            client.peer().resume();
        });
        paused.clear();
        return box.received();
    }

    @Override
    public void undone() {
        service.undone(taken, told);
        taken = List.of();
        told = Set.of();
    }

    /// On the thread that stands in.
    private void serve(BooleanSupplier goOn) {
        var box = new Mailbox(redis.memory().live(), address);
        waiting.forEach(box::post);
        waiting.clear();
        mailbox = box;
        begun = System.nanoTime();
        timeToldAfter = 0;
        var running = service.running();
        if (running != null) {
            pause(running);
        }
        try {
            // What was answered before this call leaves now.
            redis.commitDuringCall();
            loop.standIn(goOn);
        } catch (IOException | WasmRedisException e) {
            // The loop's own thread meets the same and ends for it.
            System.getLogger(BusyClients.class.getName())
                    .log(Level.WARNING, "Nobody is served while a script runs: " + e.getMessage());
        }
    }

    /// Whether a call lasts, so that clients are served here.
    boolean standingIn() {
        return mailbox != null;
    }

    private Mailbox box() {
        if (mailbox == null) {
            throw new IllegalStateException("No call lasts.");
        }
        return mailbox;
    }

    private void pause(WasmClient client) {
        client.peer().pause();
        paused.add(client);
    }

    void connect(WasmClient client) {
        box().post(Letter.connect(client));
        // It has no number to send under yet.
        pause(client);
    }

    void bytes(WasmClient client, ByteBuffer bytes) {
        while (bytes.hasRemaining() && client.letters(1) <= MOST_LETTERS) {
            box().post(Letter.bytes(client, bytes));
        }
        if (bytes.hasRemaining()) {
            pause(client);
        } else if (client.letters(0) == 1) {
            touched(client);
        }
    }

    /// To be counted anew when the call has ended.
    private void touched(WasmClient client) {
        paused.add(client);
    }

    void gone(WasmClient client) {
        if (client.id() != 0 || !client.answered()) {
            box().post(Letter.gone(client));
        }
        service.forget(client);
    }

    void turn() {
        var box = box();
        if (box.looked() && !loop.ended()) {
            // A script that yields is its callers' to end, by SCRIPT KILL.
            redis.renewDeadline();
        }
        tellTime(box);
        box.exchange(service);
    }

    /// So that Redis finds a script slow that is, however few instructions it has done.
    private void tellTime(Mailbox box) {
        var running = service.running();
        var micros = service.wallMicros();
        var passed = System.nanoTime() - begun;
        if (running != null && micros.isPresent() && passed - timeToldAfter >= Math.max(FIRST_TIME_NANOS, passed / 6)) {
            timeToldAfter = passed;
            box.post(Letter.clock(running, micros.getAsLong()));
        }
    }

    /// What came during the last call and was not taken by it, oldest first.
    @Nullable
    Letter next() {
        return waiting.poll();
    }

    @Override
    public void close() {
        standIn.close();
    }
}

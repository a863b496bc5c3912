package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.GlobalValue;
import dev.wasmscope.engine.spi.GuestFailedException;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.OwnedMemory;
import dev.wasmscope.engine.spi.WasmRuntime;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One Redis in Wasm: bytes in, replies out, every input logged. Owner thread only, except where said.
///
/// Redis nests deeply where Lua scripts or sorted data do, and a guest's calls are the JVM's: run it on a thread that
/// [#thread] made.
public final class WasmRedis implements AutoCloseable {
    /// Of a thread that runs Redis.
    private static final long STACK_BYTES = 256L << 20;

    private final RedisInstance redis;
    private final InputLog log;
    private final Optional<Recovery> recovery;
    private final Containment containment;
    private final Inputs inputs;
    private final RedisFiles files;
    private OptionalInt exitCode = OptionalInt.empty();
    private CallGuard guard = CallGuard.NONE;

    /// Takes what Redis answers.
    @FunctionalInterface
    public interface Replies {
        /// @param bytes a window on the guest's memory, which may be empty: copy it before you return
        /// @param closed true when Redis has closed this client after these bytes; its id is gone
        void reply(int client, ByteBuffer bytes, boolean closed);
    }

    private WasmRedis(
            RedisInstance redis, @Nullable Journal journal, Optional<Recovery> recovery, WasmRedisOptions options) {
        this.redis = redis;
        this.log = new InputLog(journal);
        this.recovery = recovery;
        this.containment = new Containment(redis, log, options.limits().callTime(), options.contained());
        this.inputs = new Inputs(containment, log);
        this.files = new RedisFiles(redis, inputs);
        // Who was connected when the last process ended is gone.
        redis.clients().forEach(client -> disconnect(client, (_, _, _) -> {}));
        commit();
    }

    /// Starts the Redis on the class path, from its journal where there is one.
    ///
    /// @throws WasmRedisException when it cannot be started
    public static WasmRedis open(WasmRedisOptions options, WasmRuntime runtime) {
        return open(RedisModule.load(), options, runtime);
    }

    static WasmRedis open(ModuleSource module, WasmRedisOptions options, WasmRuntime runtime) {
        return new Opening(module, options, runtime).open();
    }

    /// @param recovery empty where nothing was restored
    static WasmRedis of(
            RedisInstance redis, @Nullable Journal journal, Optional<Recovery> recovery, WasmRedisOptions options) {
        return new WasmRedis(redis, journal, recovery, options);
    }

    /// A thread with the stack that Redis needs, not yet started.
    public static Thread thread(String name, Runnable work) {
        return Thread.ofPlatform().name(name).daemon().stackSize(STACK_BYTES).unstarted(work);
    }

    /// How it came back from its journal; empty when it began anew.
    public Optional<Recovery> recovery() {
        return recovery;
    }

    /// Requests that trapped or ran into the deadline, since the start.
    public long traps() {
        return inputs.traps();
    }

    /// @return the client's id, never given twice; 0 when Redis takes no more
    public int connect() {
        if (over()) {
            return 0;
        }
        inputs.begin();
        try {
            var client = redis.connect();
            log.events().connected(client);
            return client;
        } catch (GuestFailedException e) {
            inputs.undo(e);
            return 0;
        }
    }

    /// The peer is gone. Without effect for a client that Redis has closed already.
    public void disconnect(int client, Replies to) {
        if (over()) {
            return;
        }
        var done = inputs.attempt(() -> {
            redis.disconnect(client);
            log.events().disconnected(client, redis.outcome());
            log.acknowledges(redis.replies());
        });
        if (done) {
            redis.deliver(to);
        }
    }

    /// Whether this client takes bytes. While it does not, Redis keeps what it has for it, and closes it when that is
    /// too much. Without effect for a client that Redis has closed already.
    public void writable(int client, boolean writable, Replies to) {
        if (over()) {
            return;
        }
        var done = inputs.attempt(() -> {
            redis.writable(client, writable);
            log.events().writable(client, writable, redis.outcome());
            log.acknowledges(redis.replies());
        });
        if (done) {
            redis.deliver(to);
        }
    }

    /// Takes all of a request's bytes: a part of a command, one, or several. A request that traps or runs into the
    /// deadline is answered by an error, and everything else is as if it had not come.
    ///
    /// @throws IllegalArgumentException for a client that is not connected
    public void handle(int client, ByteBuffer request, Replies to) {
        if (over()) {
            throw new IllegalArgumentException("Redis was shut down: there is no client " + client + ".");
        }
        var end = request.limit();
        while (request.hasRemaining()) {
            request.limit(Math.min(end, request.position() + RedisInstance.MOST_BYTES));
            handlePart(client, request, to);
            request.position(request.limit()).limit(end);
            if (request.hasRemaining() && !redis.connected(client)) {
                // Redis has closed it: what still comes is of no interest.
                request.position(end);
            }
        }
    }

    /// @param part its position may change
    private void handlePart(int client, ByteBuffer part, Replies to) {
        inputs.begin();
        log.acknowledges(true);
        var start = part.position();
        int handedOn;
        try {
            handedOn = guarded(client, part);
        } catch (GuestFailedException e) {
            inputs.goBack(e);
            guard.undone();
            afterTrap(client, part.position(start).slice(), e, to);
            return;
        }
        try {
            exitCode = redis.exitCode();
            if (exitCode.isPresent()) {
                afterExit(client, part.position(start).slice(), to);
                return;
            }
            if (redis.mail().any()) {
                log.events().mailed(redis.mail().taken());
            }
            log.events().received(client, part.position(start), redis.outcome());
            redis.deliver(handedOn, to);
        } catch (GuestFailedException e) {
            throw Inputs.ended(e);
        }
    }

    /// SHUTDOWN is recorded as a request without effect: a start from the journal is a start with the data, not with
    /// the end. What came before it in the same bytes is done again, to be recorded on its own.
    private void afterExit(int client, ByteBuffer bytes, Replies to) throws GuestFailedException {
        var commands = Requests.split(bytes).orElse(List.of());
        if (!containment.possible() || commands.size() < 2) {
            log.events().trapped(client, bytes, "Redis was shut down.");
            redis.deliver(to);
            return;
        }
        exitCode = OptionalInt.empty();
        containment.goBack();
        for (var command : commands) {
            if (!over()) {
                handlePart(client, command, to);
            }
        }
    }

    /// What Redis has exited with, after SHUTDOWN for example; empty while it runs. All clients are closed then, and no
    /// others are taken.
    public OptionalInt exitCode() {
        return exitCode;
    }

    /// @return bytes of the mailbox's outgoing area that were handed on while the call lasted
    private int guarded(int client, ByteBuffer part) throws GuestFailedException {
        var left = false;
        guard.entering();
        try {
            redis.handle(client, part);
            left = true;
            return guard.left();
        } finally {
            if (!left) {
                var _ = guard.left();
            }
        }
    }

    /// Lets somebody else serve the clients while a call lasts.
    void guard(CallGuard those) {
        guard = those;
    }

    /// The call under way gets on: its deadline begins anew. From any thread.
    void renewDeadline() {
        redis.renewDeadline();
    }

    /// What [#commit] does before replies may leave, and nothing that needs the guest at rest: for whoever stands in
    /// during a call.
    void commitDuringCall() {
        log.settle();
    }

    /// Finds the command that trapped, where several came together.
    private void afterTrap(int client, ByteBuffer bytes, GuestFailedException why, Replies to) {
        var commands = Requests.split(bytes);
        if (commands.isPresent() && commands.get().size() > 1) {
            commands.get().forEach(command -> handlePart(client, command, to));
            return;
        }
        inputs.trapped(client, bytes, why);
        var error = Containment.answer(why);
        if (commands.isPresent()) {
            to.reply(client, error, false);
        } else {
            // Part of a command: where the next one begins is not known any more.
            to.reply(client, error, true);
            disconnect(client, to);
        }
    }

    /// Expiry, time-outs of blocked clients, and what else Redis does by itself.
    public void tick(Replies to) {
        if (over()) {
            return;
        }
        var done = inputs.attempt(() -> {
            redis.tick();
            exitCode = redis.exitCode();
            if (exitCode.isPresent()) {
                log.events().trapped(0, Inputs.NO_BYTES, "Redis ended.");
            } else {
                log.events().ticked(redis.outcome());
            }
            log.acknowledges(redis.replies());
        });
        if (done) {
            redis.deliver(to);
        }
    }

    /// Sets the clock, microseconds since 1970; a time that is past already is ignored.
    public void clock(long micros) {
        if (over()) {
            return;
        }
        inputs.begin();
        try {
            redis.setClock(micros);
            log.events().clockSet(micros);
        } catch (GuestFailedException e) {
            inputs.undo(e);
        }
    }

    /// What Redis's clock says.
    public long clock() {
        try {
            return redis.clock();
        } catch (GuestFailedException e) {
            throw Inputs.ended(e);
        }
    }

    /// Random numbers from here on.
    public void seed(long seed) {
        if (over()) {
            return;
        }
        inputs.attempt(() -> {
            redis.setSeed(seed);
            log.events().seedSet(seed);
        });
    }

    /// When the clock reaches this, a tick is wanted. Costs a look into the memory.
    public long nextTimer() {
        return over() ? Long.MAX_VALUE : redis.nextTimer();
    }

    /// What Redis logged last, for messages.
    String lastLog() {
        return redis.lastLog();
    }

    /// Those of the instance, as they are now.
    public List<GlobalValue> globals() {
        return redis.globals();
    }

    /// What Redis has written, and what it is given to read.
    RedisFiles files() {
        return files;
    }

    /// Redis has ended: what still comes is no input of the next start.
    private boolean over() {
        return exitCode.isPresent();
    }

    /// Calls end soon from now on, undone as at their deadline: before [#close], where nobody wants to wait. From any
    /// thread.
    void endSoon() {
        containment.endSoon();
    }

    /// The inputs so far are written to the journal, and synced as its policy says. To be called once a turn, before
    /// the turn's replies leave.
    ///
    /// @throws WasmRedisException when the journal cannot be written: the turn's replies must not leave
    public void commit() {
        containment.turnEnds();
        log.endTurn();
        if (!over()) {
            containment.tidy();
        }
    }

    /// What the journal takes and whether all is well with it; empty without one.
    public Optional<JournalStatus> journal() {
        return log.journal().map(Journal::status);
    }

    /// Waits for an image of the journal's that is being written.
    void awaitImage() {
        log.journal().ifPresent(Journal::awaitImage);
    }

    /// For those who look into it. Live access is allowed from any thread, everything else is the owner's.
    public OwnedMemory memory() {
        return redis.memory();
    }

    /// Address of the mailbox through which a busy script can be reached.
    public long mailbox() {
        try {
            return Integer.toUnsignedLong(redis.mailbox());
        } catch (GuestFailedException e) {
            throw Inputs.ended(e);
        }
    }

    /// Writes what is left, and an image where that makes the next start noticeably shorter.
    @Override
    public void close() {
        try (redis;
                log) {
            log.write();
            if (!over()) {
                containment.leaveImage();
            }
        }
    }
}

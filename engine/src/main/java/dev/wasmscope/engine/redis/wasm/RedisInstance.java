package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.GlobalValue;
import dev.wasmscope.engine.spi.GuestFailedException;
import dev.wasmscope.engine.spi.GuestInstance;
import dev.wasmscope.engine.spi.GuestState;
import dev.wasmscope.engine.spi.InstantiationFailedException;
import dev.wasmscope.engine.spi.InstantiationRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.OwnedMemory;
import dev.wasmscope.engine.spi.WasmRuntime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Redis as a function of its inputs: nothing is logged or restored here.
///
/// Every call leaves its replies to be fetched by [#deliver] before the next.
final class RedisInstance implements AutoCloseable {
    /// Larger requests go in parts. Redis itself reads 16 KiB at a time.
    static final int MOST_BYTES = 64 << 10;

    /// What was done before is done again, however long it takes: a deadline is for requests that come from outside.
    private static final Duration PATIENCE = Duration.ofHours(1);

    private static final int RUNNING = -1;

    private final GuestInstance guest;
    private final RedisAbi redis;
    private final Set<Integer> clients = new HashSet<>();
    private int buffer;
    private boolean closedSome;
    private @Nullable Mail mail;

    private RedisInstance(GuestInstance guest) {
        this.guest = guest;
        this.redis = new RedisAbi(guest);
        guest.functionDeadline(PATIENCE);
    }

    /// From now on calls end at the deadline.
    void hurry(Duration deadline) {
        guest.functionDeadline(deadline);
    }

    /// From now on calls may take as long as they took before.
    void bePatient() {
        guest.functionDeadline(PATIENCE);
    }

    /// The call under way gets on: its deadline begins anew. From any thread.
    void renewDeadline() {
        guest.renewDeadline();
    }

    /// What a module is started with, and what its state depends on.
    ///
    /// @param micros the clock at the start; before September 2001 it starts then
    record Start(List<String> arguments, long seed, long micros, Limits limits) {
        Start {
            arguments = List.copyOf(arguments);
        }

        /// Redis shares out what it may have, so that it answers -OOM before the limit traps it.
        List<String> withMemory() {
            var all = new ArrayList<>(List.of("--wasm-memory", String.valueOf(limits.memoryPages() * 65_536L)));
            all.addAll(arguments);
            return all;
        }
    }

    /// All of it at one moment.
    ///
    /// @param clients connected ones
    /// @param buffer address of the room for requests
    record State(GuestState guest, Set<Integer> clients, int buffer) {
        State {
            clients = Set.copyOf(clients);
        }
    }

    /// With the user's images of initialised memory.
    ///
    /// @throws WasmRedisException when the module cannot be brought to life, or Redis refuses the arguments
    static RedisInstance start(ModuleSource module, Start start, MemoryKind kind, WasmRuntime runtime) {
        return start(module, start, kind, runtime, InitImages.ofUser());
    }

    /// @param images of initialised memory
    /// @throws WasmRedisException when the module cannot be brought to life, or Redis refuses the arguments
    static RedisInstance start(
            ModuleSource module, Start start, MemoryKind kind, WasmRuntime runtime, InitImages images) {
        var instance = blank(module, start.limits(), kind, runtime);
        try {
            instance.initialise(Opening.sha256(module.bytes()), start, images);
            return instance;
        } catch (GuestFailedException e) {
            instance.close();
            throw new WasmRedisException("Redis in Wasm does not start. " + e.getMessage(), e);
        } catch (WasmRedisException e) {
            instance.close();
            throw e;
        }
    }

    private void initialise(String module, Start start, InitImages images) throws GuestFailedException {
        var known = images.find(module, start);
        if (known.isPresent()) {
            restore(known.get());
        } else {
            var code = redis.init(start.withMemory(), InitImages.SEED, InitImages.MICROS);
            if (code != 0) {
                throw new WasmRedisException(
                        "Redis in Wasm does not start with the arguments %s: it ends with code %d. It says: %s"
                                .formatted(start.arguments(), code, redis.lastLog()));
            }
            buffer = redis.alloc(MOST_BYTES);
            images.put(module, start, save(null));
        }
        // This call writes down where the mailbox is: before any copy of the memory is taken to come back to.
        mail = new Mail(redis.memory(), redis.mailbox());
        redis.begin(start.seed(), start.micros());
    }

    /// One that was never initialised: to be restored.
    static RedisInstance blank(ModuleSource module, Limits limits, MemoryKind kind, WasmRuntime runtime) {
        try {
            var guest = runtime.instantiate(new InstantiationRequest(module, kind, limits, List.of(), Map.of(), false));
            try {
                return new RedisInstance(guest);
            } catch (WasmRedisException e) {
                guest.close();
                throw e;
            }
        } catch (InstantiationFailedException e) {
            throw new WasmRedisException("Redis in Wasm does not start. " + e.getMessage(), e);
        }
    }

    /// SHA-256 of memory and globals, in hexadecimal.
    String hash() {
        var state = save(null).guest();
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(state.memory(), 0, state.size());
            for (var word : state.globals()) {
                digest.update(ByteBuffer.allocate(8).putLong(word).flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    State save(@Nullable State reuse) {
        return new State(guest.save(reuse == null ? null : reuse.guest()), clients, buffer);
    }

    void restore(State state) {
        guest.restore(state.guest());
        clients.clear();
        clients.addAll(state.clients());
        buffer = state.buffer();
    }

    /// Connected ones, lowest first.
    Set<Integer> clients() {
        return new TreeSet<>(clients);
    }

    boolean connected(int client) {
        return clients.contains(client);
    }

    OwnedMemory memory() {
        return redis.memory();
    }

    List<GlobalValue> globals() {
        return guest.globals();
    }

    int connect() throws GuestFailedException {
        var client = redis.connect();
        if (client != 0) {
            clients.add(client);
        }
        return client;
    }

    void disconnect(int client) throws GuestFailedException {
        redis.disconnect(client);
        clients.remove(client);
        forgetClosed();
    }

    /// Whether the host takes bytes for this client.
    void writable(int client, boolean writable) throws GuestFailedException {
        redis.setWritable(client, writable);
        forgetClosed();
    }

    /// @param bytes at most [#MOST_BYTES]; taken whole
    /// @throws IllegalArgumentException for a client that is not connected
    void handle(int client, ByteBuffer bytes) throws GuestFailedException {
        var length = bytes.remaining();
        redis.put(buffer, bytes);
        if (!redis.handle(client, buffer, length)) {
            throw new IllegalArgumentException("There is no client %d.".formatted(client));
        }
        if (mail().any()) {
            mail().update(clients);
        }
        forgetClosed();
    }

    void tick() throws GuestFailedException {
        redis.tick();
        forgetClosed();
    }

    private void forgetClosed() {
        var before = clients.size();
        redis.closedClients(clients::remove);
        closedSome = clients.size() < before;
    }

    /// What Redis has exited with, looked at where the last call closed clients; empty while it runs.
    OptionalInt exitCode() throws GuestFailedException {
        var code = closedSome ? redis.exitCode() : RUNNING;
        return code == RUNNING ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /// 32 bits over the replies that wait: clients, bytes and closings in their order.
    int outcome() {
        return redis.hashReplies();
    }

    /// Whether replies wait.
    boolean replies() {
        return redis.answered();
    }

    /// First what went out through the mailbox, from a position in it on.
    void deliver(int from, WasmRedis.Replies to) throws GuestFailedException {
        if (mail().any()) {
            mail().deliver(from, to);
            mail().clear();
        }
        deliver(to);
    }

    void deliver(WasmRedis.Replies to) {
        redis.replies(to);
    }

    void setClock(long micros) throws GuestFailedException {
        redis.setClock(micros);
    }

    void setSeed(long seed) throws GuestFailedException {
        redis.setSeed(seed);
    }

    long clock() throws GuestFailedException {
        return redis.clock();
    }

    long nextTimer() {
        return redis.nextTimer();
    }

    int mailbox() throws GuestFailedException {
        return redis.mailbox();
    }

    /// What other clients sent and got during the last call.
    Mail mail() throws GuestFailedException {
        if (mail == null) {
            mail = new Mail(redis.memory(), redis.mailbox());
        }
        return mail;
    }

    /// @return 0, or an errno
    int putFile(String name, ByteBuffer bytes) throws GuestFailedException {
        var length = bytes.remaining();
        var data = room(length);
        redis.put(data, bytes);
        var text = name(name);
        try {
            return redis.filePut(text, data, length);
        } finally {
            redis.free(text);
            redis.free(data);
        }
    }

    /// @return 0, or an errno
    int deleteFile(String name) throws GuestFailedException {
        var text = name(name);
        try {
            return redis.fileDelete(text);
        } finally {
            redis.free(text);
        }
    }

    /// Leaves traces in the guest's heap.
    ///
    /// @return null when there is no such file
    byte @Nullable [] readFile(String name) throws GuestFailedException {
        var text = name(name);
        try {
            return redis.fileBytes(text);
        } finally {
            redis.free(text);
        }
    }

    /// The end of Redis's log.
    String lastLog() {
        try {
            return redis.lastLog();
        } catch (GuestFailedException e) {
            return "(%s)".formatted(e.getMessage());
        }
    }

    private int name(String name) throws GuestFailedException {
        var bytes = (name + '\0').getBytes(StandardCharsets.UTF_8);
        var address = room(bytes.length);
        redis.put(address, ByteBuffer.wrap(bytes));
        return address;
    }

    private int room(int bytes) throws GuestFailedException {
        var address = redis.alloc(Math.max(1, bytes));
        if (address == 0) {
            throw new WasmRedisException(
                    "Redis in Wasm has no room for %,d more bytes: its memory limit is reached.".formatted(bytes));
        }
        return address;
    }

    /// Does again what was recorded.
    ///
    /// @return what came of it, to be compared with what the event says
    int apply(Event event) throws GuestFailedException {
        switch (event) {
            case Event.Connected _ -> {
                return connect();
            }
            case Event.Disconnected(int client, int _) -> disconnect(client);
            case Event.Writable(int client, boolean writable, int _) -> writable(client, writable);
            case Event.Received(int client, ByteBuffer bytes, int _) -> {
                handle(client, bytes.duplicate());
                mail().clear();
            }
            case Event.Mailed(ByteBuffer records) -> mail().put(records.duplicate());
            case Event.Ticked _ -> tick();
            case Event.ClockSet(long micros) -> setClock(micros);
            case Event.SeedSet(long seed) -> setSeed(seed);
            case Event.FilePut(String name, ByteBuffer bytes, int _) -> {
                return putFile(name, bytes.duplicate());
            }
            case Event.FileDeleted(String name, int _) -> {
                return deleteFile(name);
            }
            case Event.FileRead(String name) -> readFile(name);
            case Event.Trapped _ -> {}
        }
        return outcome();
    }

    @Override
    public void close() {
        guest.close();
    }
}

package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.GuestFailedException;
import dev.wasmscope.engine.spi.GuestInstance;
import dev.wasmscope.engine.spi.GuestMemory;
import dev.wasmscope.engine.spi.InstantiationFailedException;
import dev.wasmscope.engine.spi.InstantiationRequest;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.WasmRuntime;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/// One Redis in Wasm: bytes in, replies out. Owner thread only, except where said.
///
/// Redis nests deeply where Lua scripts or sorted data do, and a guest's calls are the JVM's: run it on a thread that
/// [#thread] made.
public final class WasmRedis implements AutoCloseable {
    /// Of a thread that runs Redis.
    private static final long STACK_BYTES = 256L << 20;
    /// Larger requests go in parts. Redis itself reads 16 KiB at a time.
    private static final int BUFFER_BYTES = 64 << 10;

    private final GuestInstance instance;
    private final RedisAbi redis;
    private final int buffer;

    /// Takes what Redis answers.
    @FunctionalInterface
    public interface Replies {
        /// @param bytes a window on the guest's memory, which may be empty: copy it before you return
        /// @param closed true when Redis has closed this client after these bytes; its id is gone
        void reply(int client, ByteBuffer bytes, boolean closed);
    }

    private WasmRedis(GuestInstance instance, RedisAbi redis, int buffer) {
        this.instance = instance;
        this.redis = redis;
        this.buffer = buffer;
    }

    /// Starts the Redis on the class path.
    ///
    /// @throws WasmRedisException when it cannot be started
    public static WasmRedis open(WasmRedisOptions options, WasmRuntime runtime) {
        return open(RedisModule.load(), options, runtime);
    }

    static WasmRedis open(ModuleSource module, WasmRedisOptions options, WasmRuntime runtime) {
        GuestInstance instance;
        try {
            instance = runtime.instantiate(
                    new InstantiationRequest(module, options.memory(), options.limits(), List.of(), Map.of(), false));
        } catch (InstantiationFailedException e) {
            throw new WasmRedisException("Redis in Wasm does not start. " + e.getMessage(), e);
        }
        try {
            var redis = new RedisAbi(instance);
            var code = redis.init(options.arguments(), options.seed(), options.startMicros());
            if (code != 0) {
                throw new WasmRedisException("Redis in Wasm does not start with the arguments %s: it ends with code %d."
                        .formatted(options.arguments(), code));
            }
            return new WasmRedis(instance, redis, redis.alloc(BUFFER_BYTES));
        } catch (GuestFailedException e) {
            instance.close();
            throw new WasmRedisException("Redis in Wasm does not start. " + e.getMessage(), e);
        } catch (WasmRedisException e) {
            instance.close();
            throw e;
        }
    }

    /// A thread with the stack that Redis needs, not yet started.
    public static Thread thread(String name, Runnable work) {
        return Thread.ofPlatform().name(name).daemon().stackSize(STACK_BYTES).unstarted(work);
    }

    /// @return the client's id, never given twice; 0 when Redis takes no more
    public int connect() {
        try {
            return redis.connect();
        } catch (GuestFailedException e) {
            throw ended(e);
        }
    }

    /// The peer is gone.
    public void disconnect(int client, Replies to) {
        try {
            redis.replies(redis.disconnect(client), to);
        } catch (GuestFailedException e) {
            throw ended(e);
        }
    }

    /// Takes all of a request's bytes: a part of a command, one, or several.
    ///
    /// @throws IllegalArgumentException for a client that is not connected
    public void handle(int client, ByteBuffer request, Replies to) {
        try {
            var end = request.limit();
            while (request.position() < end) {
                var length = Math.min(end - request.position(), BUFFER_BYTES);
                request.limit(request.position() + length);
                redis.put(buffer, request);
                request.limit(end);
                var count = redis.handle(client, buffer, length);
                if (count < 0) {
                    throw new IllegalArgumentException("There is no client " + client + ".");
                }
                redis.replies(count, to);
            }
        } catch (GuestFailedException e) {
            throw ended(e);
        }
    }

    /// Expiry, time-outs of blocked clients, and what else Redis does by itself.
    public void tick(Replies to) {
        try {
            redis.replies(redis.tick(), to);
        } catch (GuestFailedException e) {
            throw ended(e);
        }
    }

    /// Sets the clock, microseconds since 1970; a time that is past already is ignored.
    public void clock(long micros) {
        try {
            redis.setClock(micros);
        } catch (GuestFailedException e) {
            throw ended(e);
        }
    }

    /// What Redis's clock says.
    public long clock() {
        try {
            return redis.clock();
        } catch (GuestFailedException e) {
            throw ended(e);
        }
    }

    /// When the clock reaches this, a tick is wanted.
    public long nextTimer() {
        try {
            return redis.nextTimer();
        } catch (GuestFailedException e) {
            throw ended(e);
        }
    }

    /// The inputs so far are written to the journal, and synced as its policy says. To be called once a turn, before
    /// the turn's replies leave.
    public void commit() {}

    /// For those who look into it. Live access is allowed from any thread, everything else is the owner's.
    public GuestMemory memory() {
        return redis.memory();
    }

    /// Address of the mailbox through which a busy script can be reached.
    public long mailbox() {
        try {
            return Integer.toUnsignedLong(redis.mailbox());
        } catch (GuestFailedException e) {
            throw ended(e);
        }
    }

    private static WasmRedisException ended(GuestFailedException e) {
        return new WasmRedisException("Redis in Wasm has ended. " + e.getMessage(), e);
    }

    @Override
    public void close() {
        instance.close();
    }
}

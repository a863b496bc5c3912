package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.WasmRuntime;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A Redis in Wasm of this process that is started when it is first needed, and again when it has ended.
public final class WasmServer implements AutoCloseable {
    private final WasmRuntime runtime;
    private volatile @Nullable InspectedRedis redis;
    private @Nullable InspectedRedis given;
    private boolean closed;

    public WasmServer(WasmRuntime runtime) {
        this.runtime = runtime;
    }

    /// Whether this program was built with it.
    public boolean available() {
        return RedisModule.present();
    }

    /// Whether it starts at once: it was compiled before, or runs. Reads files.
    public boolean prepared() {
        return running().isPresent() || !available() || runtime.prepared(RedisModule.load());
    }

    /// The one that runs, else a new and empty one; waits until it serves.
    ///
    /// @throws IOException with a sentence that says what to do
    public synchronized InspectedRedis start() throws IOException {
        if (closed) {
            throw new IOException("The window is closing; no server is started any more.");
        }
        var current = redis;
        if (current != null && current.alive()) {
            return current;
        }
        if (!available()) {
            throw new IOException(
                    "This build has no redis.wasm. It is made from Redis's sources with clang-19, lld-19 and wasi-libc: install those and start ./wasmscope again, or choose Native Redis.");
        }
        try {
            var micros = System.currentTimeMillis() * 1000;
            var options =
                    WasmRedisOptions.of(new SecureRandom().nextLong(), micros).withMemory(MemoryKind.TRACKED);
            var fresh = InspectedRedis.start(options, runtime);
            redis = fresh;
            return fresh;
        } catch (WasmRedisException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// Ends the one that runs, with all its data, and starts another.
    public synchronized InspectedRedis restart() throws IOException {
        release();
        return start();
    }

    /// A session of it that nobody was given before: the one that runs, or another in its place. Never blocks; fails
    /// with [SessionException].
    public CompletableFuture<Session> session() {
        var answer = new CompletableFuture<Session>();
        Thread.ofVirtual().name("redis in wasm start").start(() -> {
            try {
                answer.complete(unseen());
            } catch (IOException e) {
                answer.completeExceptionally(new SessionException(String.valueOf(e.getMessage()), e));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private synchronized InspectedRedis unseen() throws IOException {
        var current = redis;
        var fresh = current != null && current.equals(given) ? restart() : start();
        given = fresh;
        return fresh;
    }

    /// Never waits.
    public Optional<InspectedRedis> running() {
        return Optional.ofNullable(redis).filter(InspectedRedis::alive);
    }

    private void release() {
        var current = redis;
        if (current != null) {
            current.close();
            redis = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        release();
    }
}

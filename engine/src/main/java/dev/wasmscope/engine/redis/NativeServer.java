package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.platform.Directories;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A native Redis that is started when it is first needed, and again when it has ended.
public final class NativeServer implements AutoCloseable {
    private final Directories directories;
    private @Nullable NativeRedis redis;
    private boolean closed;

    public NativeServer(Directories directories) {
        this.directories = directories;
    }

    /// The one that runs, else a new one; waits until it serves.
    public synchronized NativeRedis start() throws IOException {
        if (closed) {
            throw new IOException("The window is closing; no server is started any more.");
        }
        var current = redis;
        if (current == null || current.pid().isEmpty()) {
            release();
            redis = current = NativeRedis.start(directories);
        }
        return current;
    }

    public synchronized Optional<NativeRedis> running() {
        return Optional.ofNullable(redis).filter(r -> r.pid().isPresent());
    }

    /// Ends it; it may be started again.
    public synchronized void stop() throws IOException {
        release();
    }

    private void release() throws IOException {
        if (redis != null) {
            redis.close();
            redis = null;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        release();
    }
}

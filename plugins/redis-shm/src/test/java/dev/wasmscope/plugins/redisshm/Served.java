package dev.wasmscope.plugins.redisshm;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.EchoTarget;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.serve.ServedRedis;
import dev.wasmscope.engine.spi.RedisTarget;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// One of the servers that offer shared memory, in a process of its own.
///
/// @param log its last lines
record Served(RedisTarget target, long pid, Supplier<List<String>> log, Closeable process) implements Closeable {
    enum Kind {
        NATIVE,
        IN_WASM,
        ECHO;

        /// @param directory for what it writes
        Served start(Path directory) throws IOException {
            var directories = new Directories(directory, directory, directory, directory.resolve("run"));
            return switch (this) {
                case NATIVE -> {
                    var redis = NativeRedis.start(directories);
                    yield new Served(redis, redis.pid().orElseThrow(), redis::log, redis::close);
                }
                case IN_WASM -> {
                    InWasm.assumePresent();
                    var redis = ServedRedis.start(directories);
                    yield new Served(redis, redis.pid().orElseThrow(), redis::log, redis::close);
                }
                case ECHO -> {
                    var echo = EchoTarget.start(directories);
                    yield new Served(echo, echo.pid().orElseThrow(), echo::log, echo::close);
                }
            };
        }
    }

    /// Of its Unix socket.
    Path socket() {
        return Path.of(target.transport("unix").orElseThrow().address());
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}

package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.ModuleSource;
import java.io.IOException;
import java.util.Optional;

/// The module that the build makes of Redis's sources, on the class path.
public final class RedisModule {
    private static final String RESOURCE = "/dev/wasmscope/redis/redis.wasm";

    private RedisModule() {}

    /// Whether this program was built with it.
    public static boolean present() {
        return RedisModule.class.getResource(RESOURCE) != null;
    }

    /// @throws WasmRedisException saying how to get it, when this program was built without it
    public static ModuleSource load() {
        try (var in = RedisModule.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new WasmRedisException(
                        "This build has no redis.wasm. It is made from Redis's sources with clang-19, lld-19 and wasi-libc: install those and run ./wasmscope again, or use --target native.");
            }
            return new ModuleSource("redis.wasm", Optional.empty(), in.readAllBytes());
        } catch (IOException e) {
            throw new WasmRedisException("redis.wasm on the class path cannot be read: " + e.getMessage() + ".", e);
        }
    }
}

package dev.wasmscope.engine.redis.wasm;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.spi.ModuleSource;
import java.io.IOException;
import java.util.Optional;

/// The module that the build makes of Redis's sources, on the class path.
public final class RedisModule {
    private static final String FOLDER = "/dev/wasmscope/redis/";
    private static final String NEWER = "redis.wasm";
    private static final String OLDER = "redis-legacy.wasm";

    private RedisModule() {}

    /// Read once: a runtime knows a module again by the identity of its bytes.
    private static final class Newer {
        static final Optional<ModuleSource> SOURCE =
                resource(NEWER).map(bytes -> new ModuleSource(NEWER, Optional.empty(), bytes));
    }

    /// Whether this program was built with it.
    public static boolean present() {
        return RedisModule.class.getResource(FOLDER + NEWER) != null;
    }

    /// @throws WasmRedisException saying how to get it, when this program was built without it
    public static ModuleSource load() {
        return Newer.SOURCE.orElseThrow(
                () -> new WasmRedisException(
                        "This build has no redis.wasm. It is made from Redis's sources with clang-19, lld-19 and wasi-libc: install those and run ./wasmscope again, or use --target native."));
    }

    /// SHA-256 of what [#load()] gives, in hexadecimal.
    public static String hash() {
        return Opening.sha256(load().bytes());
    }

    /// The same module with exceptions in the older encoding, for runtimes that know only that one.
    ///
    /// @return empty where this program was built without it, or from other sources than [#load]'s
    static Optional<ModuleSource> olderExceptions() {
        return resource(OLDER)
                .filter(older -> Newer.SOURCE
                        .map(newer -> together(newer.bytes(), older))
                        .orElse(false))
                .map(bytes -> new ModuleSource(OLDER, Optional.empty(), bytes));
    }

    /// Whether one build made both: it writes down their hashes.
    private static boolean together(byte[] newer, byte[] older) {
        try {
            var hashes = new ObjectMapper()
                    .readTree(resource("redis.json").orElseGet(() -> new byte[0]))
                    .path("sha256");
            return Opening.sha256(newer).equals(hashes.path(NEWER).asText())
                    && Opening.sha256(older).equals(hashes.path(OLDER).asText());
        } catch (IOException e) {
            throw new WasmRedisException("redis.json on the class path cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static Optional<byte[]> resource(String name) {
        try (var in = RedisModule.class.getResourceAsStream(FOLDER + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new WasmRedisException(name + " on the class path cannot be read: " + e.getMessage() + ".", e);
        }
    }
}

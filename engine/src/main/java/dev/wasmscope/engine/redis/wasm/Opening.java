package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.WasmRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Brings one server to life, from its journal where there is one.
final class Opening implements Beginning.Starter {
    private final ModuleSource module;
    private final WasmRedisOptions options;
    private final WasmRuntime runtime;

    Opening(ModuleSource module, WasmRedisOptions options, WasmRuntime runtime) {
        this.module = module;
        this.options = options;
        this.runtime = runtime;
    }

    WasmRedis open() {
        var start =
                new RedisInstance.Start(options.arguments(), options.seed(), options.startMicros(), options.limits());
        var journaling = options.journal();
        if (journaling.isEmpty()) {
            return WasmRedis.of(start(start), null, Optional.empty(), options);
        }
        var path = journaling.get().file().toAbsolutePath();
        try {
            return journaled(path, journaling.get().policy(), start);
        } catch (IOException e) {
            throw new WasmRedisException("The journal %s cannot be opened: %s.".formatted(path, e.getMessage()), e);
        }
    }

    private WasmRedis journaled(Path path, JournalPolicy policy, RedisInstance.Start start) throws IOException {
        var sha = sha256(module.bytes());
        if (Journal.headerOf(path).isEmpty()) {
            var redis = start(start);
            try {
                return WasmRedis.of(redis, Journal.begin(path, policy, sha, start), Optional.empty(), options);
            } catch (IOException | WasmRedisException e) {
                redis.close();
                throw e;
            }
        }
        var restored = Journal.restore(path, policy, sha, this);
        var kept = restored.journal().header().start();
        var recovery = kept.arguments().equals(options.arguments())
                ? restored.recovery()
                : restored.recovery()
                        .withNote("It goes on with the arguments it was begun with: %s.".formatted(kept.arguments()));
        return WasmRedis.of(restored.redis(), restored.journal(), Optional.of(recovery), options);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public RedisInstance start(RedisInstance.Start start) {
        return RedisInstance.start(module, start, options.memory(), runtime);
    }

    @Override
    public RedisInstance blank(RedisInstance.Start start) {
        return RedisInstance.blank(module, start.limits(), options.memory(), runtime);
    }
}

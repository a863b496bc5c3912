package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.GuestFailedException;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.WasmRuntime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An instance in this process.
final class LocalTwin implements Twin {
    private final String runtime;
    private final RedisInstance redis;
    private RedisInstance.@Nullable State saved;
    private Replayed replayed = new Replayed(new int[0], Optional.empty());

    LocalTwin(ModuleSource module, RedisInstance.Start start, Beginning beginning, WasmRuntime runtime) {
        this.runtime = runtime.id();
        this.redis = beginning.start(start, new Beginning.Starter() {
            @Override
            public RedisInstance start(RedisInstance.Start start) {
                return RedisInstance.start(module, start, MemoryKind.PLAIN, runtime);
            }

            @Override
            public RedisInstance blank(RedisInstance.Start start) {
                return RedisInstance.blank(module, start.limits(), MemoryKind.PLAIN, runtime);
            }
        });
    }

    RedisInstance redis() {
        return redis;
    }

    @Override
    public String runtime() {
        return runtime;
    }

    @Override
    public void replay(List<Event> events) {
        var outcomes = new int[events.size()];
        for (int i = 0; i < outcomes.length; i++) {
            try {
                outcomes[i] = redis.apply(events.get(i));
            } catch (GuestFailedException | IllegalArgumentException e) {
                replayed = new Replayed(Arrays.copyOf(outcomes, i), Optional.of(String.valueOf(e.getMessage())));
                return;
            }
        }
        replayed = new Replayed(outcomes, Optional.empty());
    }

    @Override
    public Replayed replayed() {
        return replayed;
    }

    @Override
    public void save() {
        saved = redis.save(saved);
    }

    @Override
    public void restore() {
        if (saved == null) {
            throw new IllegalStateException("Nothing was saved.");
        }
        redis.restore(saved);
    }

    @Override
    public String memoryHash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(redis.memory().window());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public void seed(long seed) {
        try {
            redis.setSeed(seed);
        } catch (GuestFailedException e) {
            throw new WasmRedisException("The seed cannot be set. " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}

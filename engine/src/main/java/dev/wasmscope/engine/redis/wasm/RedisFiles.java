package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.GuestFailedException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The files in the memory of one Redis: `dump.rdb`, for example. Each look is an input like a request.
final class RedisFiles {
    private final RedisInstance redis;
    private final Inputs inputs;

    RedisFiles(RedisInstance redis, Inputs inputs) {
        this.redis = redis;
        this.inputs = inputs;
    }

    /// @throws WasmRedisException when there is no room
    void put(String name, byte[] bytes) {
        run(() -> {
            var code = redis.putFile(name, ByteBuffer.wrap(bytes));
            inputs.events().filePut(name, ByteBuffer.wrap(bytes), code);
            if (code != 0) {
                throw new WasmRedisException("Redis in Wasm refuses the file %s of %,d bytes (error %d)."
                        .formatted(name, bytes.length, code));
            }
            return code;
        });
    }

    /// Empty where there is none.
    Optional<byte[]> read(String name) {
        return run(() -> {
            var bytes = redis.readFile(name);
            inputs.events().fileRead(name);
            return Optional.ofNullable(bytes);
        });
    }

    /// Without effect where there is none.
    void delete(String name) {
        run(() -> {
            var code = redis.deleteFile(name);
            inputs.events().fileDeleted(name, code);
            return code;
        });
    }

    private interface Work<T> {
        T run() throws GuestFailedException;
    }

    /// @throws WasmRedisException when the guest fails, which then is as before
    private <T> T run(Work<T> work) {
        inputs.begin();
        try {
            return work.run();
        } catch (GuestFailedException e) {
            inputs.undo(e);
            throw Inputs.ended(e);
        }
    }
}

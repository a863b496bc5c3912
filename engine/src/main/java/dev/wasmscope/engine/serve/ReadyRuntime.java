package dev.wasmscope.engine.serve;

import dev.wasmscope.engine.redis.wasm.RedisModule;
import dev.wasmscope.engine.redis.wasm.WasmRedis;
import dev.wasmscope.engine.spi.InstantiationFailedException;
import dev.wasmscope.engine.spi.WasmRuntime;
import dev.wasmscope.engine.wasm.Runtimes;
import java.util.concurrent.CompletableFuture;

/// Chicory's compiler with the code of Redis at hand. It is found while the command line is read: each of the two takes
/// a third of a short start.
final class ReadyRuntime {
    private final CompletableFuture<WasmRuntime> found = new CompletableFuture<>();

    private boolean begun;

    /// Without effect from the second time on.
    void begin() {
        if (begun) {
            return;
        }
        begun = true;
        WasmRedis.thread("serve-code", () -> found.completeAsync(ReadyRuntime::find, Runnable::run))
                .start();
    }

    /// @return as soon as the code is there
    WasmRuntime await() {
        begin();
        return found.join();
    }

    private static WasmRuntime find() {
        var runtime = Runtimes.builtIn().getFirst();
        if (RedisModule.present()) {
            try {
                runtime.prepare(RedisModule.load());
            } catch (InstantiationFailedException e) {
                // Bringing it to life fails for the same reason, and then it is said.
                return runtime;
            }
        }
        return runtime;
    }
}

package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.WasmRuntime;
import dev.wasmscope.engine.wasm.Runtimes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A real Redis in Wasm, spoken to in a few words.
final class Tried {
    static final WasmRuntime COMPILER = Runtimes.builtIn().getFirst();
    static final long START = 1_700_000_000_000_000L;

    private final WasmRedis redis;

    Tried(WasmRedis redis) {
        this.redis = redis;
    }

    static WasmRedisOptions options() {
        return WasmRedisOptions.of(7, START);
    }

    /// Runs on a thread with the stack that Redis needs.
    static <T> T on(Callable<T> work) throws Exception {
        var answer = new CompletableFuture<T>();
        WasmRedis.thread("redis under test", () -> {
                    try {
                        answer.complete(work.call());
                    } catch (Throwable e) {
                        answer.completeExceptionally(e);
                    }
                })
                .start();
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /// What all clients are told after one client's bytes, as `client:bytes`, `client!bytes` where it was closed.
    String send(int client, String bytes) {
        var said = new StringBuilder();
        redis.handle(
                client,
                ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8)),
                (to, reply, closed) ->
                        said.append(to).append(closed ? '!' : ':').append(StandardCharsets.UTF_8.decode(reply)));
        redis.commit();
        return said.toString();
    }

    /// A command as programs send it; the reply alone.
    String call(int client, String... words) {
        return send(client, command(words)).replaceFirst("^\\d+[:!]", "");
    }

    static String command(String... words) {
        var text = new StringBuilder("*" + words.length + "\r\n");
        for (var word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return text.toString();
    }
}

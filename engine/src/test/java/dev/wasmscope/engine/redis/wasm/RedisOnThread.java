package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.WasmRuntime;
import dev.wasmscope.engine.wasm.Runtimes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Redis in Wasm for tests: on a thread with the stack it needs, without a log, so that a trap fails the test.
final class RedisOnThread implements AutoCloseable {
    static final long START = 1_700_000_000_000_000L;
    private static final WasmRuntime RUNTIME = Runtimes.builtIn().getFirst();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> WasmRedis.thread("redis", work));
    private final RedisInstance redis;
    private final Map<Integer, StringBuilder> received = new HashMap<>();

    RedisOnThread(long seed, int memoryPages, String... arguments) {
        var start = new RedisInstance.Start(List.of(arguments), seed, START, new Limits(PATIENCE, memoryPages, 10_000));
        redis = on(() ->
                RedisInstance.start(RedisModule.load(), start, dev.wasmscope.engine.spi.MemoryKind.PLAIN, RUNTIME));
    }

    int connect() {
        return on(redis::connect);
    }

    void disconnect(int client) {
        on(() -> {
            redis.disconnect(client);
            deliver();
            return 0;
        });
    }

    /// Sends one command.
    ///
    /// @return what this client has received until the call ended, in RESP
    String send(int client, String... command) {
        var text = new StringBuilder("*" + command.length + "\r\n");
        for (var word : command) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return raw(client, text.toString());
    }

    /// Sends bytes, one a character.
    String raw(int client, String bytes) {
        return raw(client, bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    String raw(int client, byte[] bytes) {
        on(() -> {
            for (int from = 0; from < bytes.length; from += RedisInstance.MOST_BYTES) {
                var length = Math.min(RedisInstance.MOST_BYTES, bytes.length - from);
                redis.handle(client, ByteBuffer.wrap(bytes, from, length));
                deliver();
            }
            return 0;
        });
        return received(client);
    }

    /// What has come for a client since this was last asked; `CLOSED` stands for the connection's end.
    String received(int client) {
        var text = received.remove(client);
        return text == null ? "" : text.toString();
    }

    /// Moves the clock and lets the timers run.
    void pass(Duration time) {
        on(() -> {
            redis.setClock(redis.clock() + time.toNanos() / 1000);
            redis.tick();
            deliver();
            return 0;
        });
    }

    private void deliver() {
        redis.deliver((client, bytes, closed) -> received.computeIfAbsent(client, _ -> new StringBuilder())
                .append(StandardCharsets.ISO_8859_1.decode(bytes))
                .append(closed ? "CLOSED" : ""));
    }

    String memoryHash() {
        return on(() -> {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(redis.memory().window());
            return HexFormat.of().formatHex(digest.digest());
        });
    }

    /// For what this class has no word for.
    <T> T with(Work<T> work) {
        return on(() -> work.on(redis));
    }

    interface Work<T> {
        T on(RedisInstance redis) throws Exception;
    }

    private <T> T on(Callable<T> work) {
        try {
            return thread.submit(work).get();
        } catch (ExecutionException e) {
            throw new AssertionError(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        on(() -> {
            redis.close();
            return 0;
        });
        thread.shutdown();
    }
}

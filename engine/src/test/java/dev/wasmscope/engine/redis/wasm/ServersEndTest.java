package dev.wasmscope.engine.redis.wasm;

import static dev.wasmscope.engine.redis.wasm.Asked.LOGIN;
import static dev.wasmscope.engine.redis.wasm.Asked.PATIENCE;
import static dev.wasmscope.engine.redis.wasm.Asked.ask;
import static dev.wasmscope.engine.redis.wasm.Asked.awaitBusy;
import static dev.wasmscope.engine.redis.wasm.Asked.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.resp.RespEncoder;
import dev.wasmscope.engine.wasm.Runtimes;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How servers end, and what ends and does not end in them: a server for each test.
class ServersEndTest {
    @BeforeAll
    static void module() {
        assumeThat(RedisModule.present()).isTrue();
    }

    @Test
    void journalRepeatsWhatCameDuringABusyScript(@TempDir Path temporary) throws Exception {
        var redis = WasmRedisOptions.of(7, System.currentTimeMillis() * 1000)
                .withArguments(List.of("--busy-reply-threshold", "5"))
                .withJournal(temporary.resolve("journal"), Fsync.NO);
        var runtime = Runtimes.builtIn().getFirst();
        try (var first = WasmRedisServer.start(WasmRedisServer.Options.of(redis), runtime, List.of());
                var busy = RedisClient.connect(first.transports().getFirst(), LOGIN, _ -> {});
                var other = RedisClient.connect(first.transports().getFirst(), LOGIN, _ -> {})) {
            ask(busy, "SET", "before", "1");
            var script = busy.send("EVAL", "while true do end", "0");
            awaitBusy(other);
            assertThat(ask(other, "SCRIPT", "KILL")).isEqualTo("+OK");
            assertThat(shown(script.get(60, TimeUnit.SECONDS).value())).startsWith("-ERR");
            ask(other, "SET", "after", "2");
        }
        // Without the mail in the journal the script would never end.
        try (var second = WasmRedisServer.start(WasmRedisServer.Options.of(redis), runtime, List.of());
                var client = RedisClient.connect(second.transports().getFirst(), LOGIN, _ -> {})) {
            assertThat(ask(client, "MGET", "before", "after")).isEqualTo("*2 $1 1 $1 2");
        }
    }

    @Test
    void scriptThatYieldsOutlivesTheDeadlineUntilItIsKilled() throws Exception {
        var redis = WasmRedisOptions.of(7, System.currentTimeMillis() * 1000)
                .withArguments(List.of("--busy-reply-threshold", "1500"))
                .withLimits(WasmRedisOptions.USUAL_LIMITS.withCallTime(Duration.ofMillis(500)));
        try (var patient = WasmRedisServer.start(
                        WasmRedisServer.Options.of(redis), Runtimes.builtIn().getFirst(), List.of());
                var busy = RedisClient.connect(patient.transports().getFirst(), LOGIN, _ -> {});
                var other = RedisClient.connect(patient.transports().getFirst(), LOGIN, _ -> {})) {
            var script = busy.send("EVAL", "while true do end", "0");
            awaitBusy(other);
            assertThat(ask(other, "SCRIPT", "KILL")).isEqualTo("+OK");
            assertThat(shown(script.get(60, TimeUnit.SECONDS).value())).contains("Script killed by user");
        }
    }

    @Test
    void serverEndsWhileAScriptGoesOnForEver() throws Exception {
        var redis = WasmRedisOptions.of(7, System.currentTimeMillis() * 1000)
                .withArguments(List.of("--busy-reply-threshold", "5"))
                .withLimits(WasmRedisOptions.USUAL_LIMITS.withCallTime(Duration.ofHours(1)));
        var stopped = WasmRedisServer.start(
                WasmRedisServer.Options.of(redis), Runtimes.builtIn().getFirst(), List.of());
        try (var busy = RedisClient.connect(stopped.transports().getFirst(), LOGIN, _ -> {});
                var other = RedisClient.connect(stopped.transports().getFirst(), LOGIN, _ -> {})) {
            var _ = busy.send("EVAL", "while true do end", "0");
            awaitBusy(other);
            Thread.ofVirtual().start(stopped::close);
            stopped.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    /// The script yields for a while, and then never again.
    @Test
    void whoWasServedDuringACallThatIsUndoneIsClosed() throws Exception {
        var redis = WasmRedisOptions.of(7, System.currentTimeMillis() * 1000)
                .withArguments(List.of("--busy-reply-threshold", "5"))
                .withLimits(WasmRedisOptions.USUAL_LIMITS.withCallTime(Duration.ofSeconds(2)));
        var script = """
                redis.call('SET', 'k', 'wrong')
                for i = 1, 30000000 do end
                return string.find(string.rep('a', 100), string.rep('a*', 50) .. 'b')
                """;
        try (var server = WasmRedisServer.start(
                        WasmRedisServer.Options.of(redis), Runtimes.builtIn().getFirst(), List.of());
                var busy = RedisClient.connect(server.transports().getFirst(), LOGIN, _ -> {});
                var told = RedisClient.connect(server.transports().getFirst(), LOGIN, _ -> {});
                var silent = RedisClient.connect(server.transports().getFirst(), LOGIN, _ -> {})) {
            ask(busy, "SET", "k", "v");
            var reply = busy.send("EVAL", script, "0");
            awaitBusy(told);
            assertThat(shown(reply.get(60, TimeUnit.SECONDS).value())).contains("this request is undone");
            told.closed().toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThat(ask(silent, "GET", "k")).isEqualTo("$1 v");
            assertThat(ask(busy, "GET", "k")).isEqualTo("$1 v");
            assertThat(ask(silent, "INFO", "clients")).contains("connected_clients:2");
        }
    }

    @Test
    void shutDownEndsTheServerAndKeepsItsData(@TempDir Path temporary) throws Exception {
        var redis = WasmRedisOptions.of(7, System.currentTimeMillis() * 1000)
                .withJournal(temporary.resolve("journal"), Fsync.NO);
        var runtime = Runtimes.builtIn().getFirst();
        try (var first = WasmRedisServer.start(WasmRedisServer.Options.of(redis), runtime, List.of());
                var client = RedisClient.connect(first.transports().getFirst(), LOGIN, _ -> {})) {
            assertThat(ask(client, "SET", "kept", "1")).isEqualTo("+OK");
            var _ = client.send("SHUTDOWN", "NOSAVE");
            first.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        try (var second = WasmRedisServer.start(WasmRedisServer.Options.of(redis), runtime, List.of());
                var client = RedisClient.connect(second.transports().getFirst(), LOGIN, _ -> {})) {
            assertThat(ask(client, "GET", "kept")).isEqualTo("$1 1");
        }
    }

    @Test
    void shutdownByAClientEndsTheServer() throws Exception {
        var redis = WasmRedisOptions.of(7, System.currentTimeMillis() * 1000);
        try (var once = WasmRedisServer.start(
                        WasmRedisServer.Options.of(redis), Runtimes.builtIn().getFirst(), List.of());
                var client = RedisClient.connect(once.transports().getFirst(), LOGIN, _ -> {})) {
            var _ = client.send("SHUTDOWN", "NOSAVE");
            once.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThat(client.closed().toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .contains("lost");
            assertThatThrownBy(() -> once.transports().getFirst().connect(PATIENCE))
                    .hasMessageContaining("has ended");
        }
    }

    @Test
    void journalRepeatsThatAClientReadTooSlowly(@TempDir Path temporary) throws Exception {
        var redis = WasmRedisOptions.of(7, System.currentTimeMillis() * 1000)
                .withArguments(List.of("--client-output-buffer-limit", "normal 4mb 0 0"))
                .withJournal(temporary.resolve("journal"), Fsync.NO);
        var runtime = Runtimes.builtIn().getFirst();
        try (var first = WasmRedisServer.start(WasmRedisServer.Options.of(redis), runtime, List.of());
                var slow = first.transports().getFirst().connect(PATIENCE);
                var other = RedisClient.connect(first.transports().getFirst(), LOGIN, _ -> {})) {
            ask(other, "SET", "big", "x".repeat(1 << 20));
            for (var i = 0; i < 10; i++) {
                slow.write(ByteBuffer.wrap(RespEncoder.command("GET", "big")));
                ask(other, "INCR", "n");
            }
        }
        // Whoever starts from it compares all replies with the recorded ones.
        try (var second = WasmRedisServer.start(WasmRedisServer.Options.of(redis), runtime, List.of());
                var client = RedisClient.connect(second.transports().getFirst(), LOGIN, _ -> {})) {
            assertThat(ask(client, "GET", "n")).isEqualTo("$2 10");
        }
    }
}

package dev.wasmscope.engine.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.platform.ChildJvm;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.redis.wasm.Fsync;
import dev.wasmscope.engine.redis.wasm.WasmRedis;
import dev.wasmscope.engine.redis.wasm.WasmRedisOptions;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.transport.UnixTransport;
import dev.wasmscope.engine.wasm.Runtimes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server is killed under load, again and again, and comes back from its journal.
class KilledServerTest {
    private static final int ROUNDS = Integer.getInteger("wasmscope.killed.rounds", 20);
    private static final int CLIENTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final long[] acknowledged = new long[CLIENTS];

    @Test
    void noAcknowledgedWriteIsLostAndTheDataAreThoseOfAReplay() throws Exception {
        var random = new Random(20_260_101);
        for (int round = 0; round < ROUNDS; round++) {
            var server = start();
            try {
                checkCounters(round);
                underLoad(server, random.nextInt(20, 250));
            } finally {
                server.destroyForcibly().waitFor();
            }
        }
        var server = start();
        try {
            checkCounters(ROUNDS);
            try (var client = connect()) {
                var digest = text(client, "DEBUG", "DIGEST");
                server.destroyForcibly().waitFor();
                assertThat(digestOfReplay()).isEqualTo(digest);
            }
        } finally {
            server.destroyForcibly().waitFor();
        }
        assertThat(acknowledged).doesNotContain(0);
    }

    private Process start() throws IOException {
        var arguments = new ArrayList<>(List.of("--unix", socket().toString(), "--json"));
        arguments.addAll(List.of("--journal", folder.resolve("journal").toString(), "--fsync", "always"));
        var options = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        Files.deleteIfExists(socket());
        var server = ChildJvm.start(ServeMain.class, options, arguments);
        var said = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("{")) {
                return server;
            }
        }
        throw new IOException("The server ended with code " + server.exitValue());
    }

    private Path socket() {
        return folder.resolve("s");
    }

    private RedisClient connect() throws IOException {
        var login = new RedisLogin(Optional.empty(), Optional.empty(), 0, PATIENCE);
        return RedisClient.connect(new UnixTransport(socket()), login, _ -> {});
    }

    private static String text(RedisClient client, String... words) throws Exception {
        return switch (client.ask(PATIENCE, words).value()) {
            case RespValue.SimpleString(String text) -> text;
            case RespValue.Bulk bulk -> new String(bulk.bytes(), StandardCharsets.UTF_8);
            case RespValue.Nil _ -> "0";
            case RespValue other -> other.toString();
        };
    }

    /// One that was under way when the server was killed may have been done.
    private void checkCounters(int round) throws Exception {
        try (var client = connect()) {
            for (int i = 0; i < CLIENTS; i++) {
                var kept = Long.parseLong(text(client, "GET", "counter" + i));
                assertThat(kept)
                        .as("counter %d after %d kills", i, round)
                        .isBetween(acknowledged[i], acknowledged[i] + 1);
                acknowledged[i] = kept;
            }
        }
    }

    private void underLoad(Process server, long millis) throws Exception {
        var loads = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < CLIENTS; i++) {
            var mine = i;
            loads.add(CompletableFuture.runAsync(() -> count(mine), Thread::startVirtualThread));
        }
        TimeUnit.MILLISECONDS.sleep(millis);
        server.destroyForcibly().waitFor();
        for (var load : loads) {
            load.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void count(int mine) {
        try (var client = connect()) {
            while (true) {
                var value = client.ask(PATIENCE, "INCR", "counter" + mine).value();
                if (value instanceof RespValue.Int(long counted)) {
                    acknowledged[mine] = counted;
                }
                client.ask(PATIENCE, "RPUSH", "list" + mine, "x".repeat(500));
            }
        } catch (IOException e) {
            // The server was killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Of a copy without an image: everything is done again.
    private String digestOfReplay() throws Exception {
        var copy = Files.copy(folder.resolve("journal"), folder.resolve("copy"), StandardCopyOption.REPLACE_EXISTING);
        var answer = new CompletableFuture<String>();
        WasmRedis.thread("replay", () -> {
                    try {
                        // Closing writes an image beside the copy: the answer comes after it.
                        answer.complete(digestOf(copy));
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                })
                .start();
        return answer.get();
    }

    private static String digestOf(Path journal) {
        var options = WasmRedisOptions.of(1, 1).withJournal(journal, Fsync.NO);
        try (var redis = WasmRedis.open(options, Runtimes.builtIn().getFirst())) {
            var said = new StringBuilder();
            redis.handle(
                    redis.connect(),
                    ByteBuffer.wrap("DEBUG DIGEST\r\n".getBytes(StandardCharsets.UTF_8)),
                    (_, bytes, _) -> said.append(StandardCharsets.UTF_8.decode(bytes)));
            return said.substring(1).strip();
        }
    }
}

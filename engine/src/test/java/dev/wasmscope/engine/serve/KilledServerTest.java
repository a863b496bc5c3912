package dev.wasmscope.engine.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.platform.ChildJvm;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.redis.wasm.Fsync;
import dev.wasmscope.engine.redis.wasm.JournalPolicy;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server is killed under load, again and again, and comes back from its journal.
class KilledServerTest {
    private static final int SHORT = 20;
    private static final int ROUNDS = Integer.getInteger("wasmscope.killed.rounds", SHORT);
    private static final int CLIENTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final long[] acknowledged = new long[CLIENTS];

    /// First with the whole log kept, so that it can be replayed from the beginning; then with what an image makes
    /// superfluous dropped, so that kills meet that, too.
    @Test
    void noAcknowledgedWriteIsLostAndTheDataAreThoseOfAReplay() throws Exception {
        var random = new Random(20_260_101);
        kill(ROUNDS / 2, "all", random);
        var digest = digestAfterAll("all");
        deleteImages();
        assertThat(digestOfReplay()).isEqualTo(digest);

        kill(ROUNDS - ROUNDS / 2, "1", random);
        writeUntilTheFirstSegmentIsDropped();
        digest = digestAfterAll("1");
        assertThat(journalFiles()).doesNotContain("journal.1");
        assertThat(digestOfReplay()).isEqualTo(digest);
        assertThat(acknowledged).doesNotContain(0);
        if (ROUNDS > SHORT) {
            System.out.printf(
                    "%d kills, acknowledged and kept: %s counts, files: %s%n",
                    ROUNDS, Arrays.toString(acknowledged), journalFiles());
        }
    }

    private void kill(int rounds, String keep, Random random) throws Exception {
        for (int round = 0; round < rounds; round++) {
            var server = start(keep);
            try {
                checkCounters(round);
                underLoad(server, random.nextInt(20, 250));
            } finally {
                server.destroyForcibly().waitFor();
            }
        }
    }

    /// On a slow machine the clients may have written too little for an image.
    private void writeUntilTheFirstSegmentIsDropped() throws Exception {
        var server = start("1");
        try (var client = connect()) {
            for (int i = 0; i < 100 && journalFiles().contains("journal.1"); i++) {
                text(client, "SET", "filler", "x".repeat(100_000));
            }
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private String digestAfterAll(String keep) throws Exception {
        var server = start(keep);
        try (var client = connect()) {
            checkCounters(ROUNDS);
            return text(client, "DEBUG", "DIGEST");
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private List<String> journalFiles() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("journal"))
                    .sorted()
                    .toList();
        }
    }

    private void deleteImages() throws IOException {
        for (var name : journalFiles()) {
            if (name.endsWith(".image")) {
                Files.delete(folder.resolve(name));
            }
        }
    }

    private Process start(String keep) throws IOException {
        var arguments = new ArrayList<>(List.of("--unix", socket().toString(), "--json"));
        arguments.addAll(List.of("--journal", folder.resolve("journal").toString(), "--fsync", "always"));
        // So small that many kills meet an image being written, or the log being dropped.
        arguments.addAll(List.of("--journal-image", "1", "--journal-keep", keep));
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

    /// Of what is on the disk.
    private String digestOfReplay() throws Exception {
        var answer = new CompletableFuture<String>();
        WasmRedis.thread("replay", () -> {
                    try {
                        answer.complete(digestOf(folder.resolve("journal")));
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                })
                .start();
        return answer.get();
    }

    private static String digestOf(Path journal) {
        var policy = new JournalPolicy(Fsync.NO, JournalPolicy.ALL, JournalPolicy.AS_MEMORY);
        var options = WasmRedisOptions.of(1, 1).withJournal(journal, policy);
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

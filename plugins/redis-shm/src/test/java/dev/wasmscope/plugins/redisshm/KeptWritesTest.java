package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a ring's answer promises: the write is in the append-only file, or soon will be there and with the replicas.
class KeptWritesTest {
    /// Without being woken, a server of one tick a second takes half a second; woken, less than a millisecond.
    private static final long SOON_MILLIS = 250;

    @TempDir
    Path directory;

    @Test
    void whatWasAnsweredIsInTheFileThatIsSyncedAlways() throws Exception {
        var answered = new HashSet<Long>();
        for (var round = 0; round < 4; round++) {
            var redis = RedisWithModule.start(directory, "--appendonly", "yes", "--appendfsync", "always", "--hz", "1");
            var counts = new ArrayList<CompletableFuture<List<Long>>>();
            var clients = new ArrayList<Process>();
            for (var i = 0; i < 3; i++) {
                clients.add(RedisWithModule.client(redis.address()));
            }
            for (var client : clients) {
                counts.add(FaultsTest.counting(client));
            }
            Thread.sleep(300);
            redis.close();
            // Process.destroyForcibly would close the pipe, and what was answered were not heard.
            clients.forEach(client -> client.toHandle().destroyForcibly());
            for (var count : counts) {
                for (var number : count.get(20, TimeUnit.SECONDS)) {
                    assertThat(answered.add(number))
                            .as("%d was answered twice", number)
                            .isTrue();
                }
            }
        }
        assertThat(answered).isNotEmpty();
        try (var redis = RedisWithModule.start(directory, "--appendonly", "yes")) {
            var found = Long.parseLong(redis.cli("GET count\n").lines().toList().getLast());
            assertThat(answered).allSatisfy(number -> assertThat(number).isLessThanOrEqualTo(found));
        }
    }

    @Test
    void theFileThatIsSyncedEverySecondHasItSoon() throws Exception {
        try (var redis = RedisWithModule.start(directory, "--hz", "1", "--appendonly", "yes");
                var writer = redis.asking()) {
            assertThat(upperQuartile(i -> {
                        assertThat(writer.now("SET written value-" + i)).isEqualTo("+OK");
                        FaultsTest.await(() -> appended().contains("value-" + i));
                    }))
                    .isLessThan(SOON_MILLIS);
        }
    }

    private String appended() throws IOException {
        var text = new StringBuilder();
        try (var files = Files.list(directory.resolve("appendonlydir"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".aof")).toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    @Test
    void aReplicaHasItSoon(@TempDir Path other) throws Exception {
        try (var redis = RedisWithModule.start(directory, "--hz", "1");
                var replica = redis.replica(other);
                var writer = redis.asking();
                var reader = replica.asking()) {
            assertThat(upperQuartile(i -> {
                        assertThat(writer.now("SET written " + i)).isEqualTo("+OK");
                        FaultsTest.await(() -> reader.now("GET written").endsWith(" " + i));
                    }))
                    .isLessThan(SOON_MILLIS);
        }
    }

    @Test
    void clientsThatWaitAndSubscribersHaveItSoon() throws Exception {
        try (var redis = RedisWithModule.start(directory, "--hz", "1");
                var writer = redis.asking();
                var other = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            assertThat(writer.now("PING")).isEqualTo("+PONG");
            assertThat(upperQuartile(i -> {
                        other.getOutputStream().write("BLPOP queue 20\r\n".getBytes(StandardCharsets.US_ASCII));
                        // Where it does not wait by then, it finds what it asks for.
                        Thread.sleep(20);
                        assertThat(writer.now("LPUSH queue value-" + i)).isEqualTo(":1");
                        hears(other, "value-" + i);
                    }))
                    .isLessThan(SOON_MILLIS);
            other.getOutputStream().write("SUBSCRIBE channel\r\n".getBytes(StandardCharsets.US_ASCII));
            hears(other, ":1");
            assertThat(upperQuartile(i -> {
                        assertThat(writer.now("PUBLISH channel message-" + i)).isEqualTo(":1");
                        hears(other, "message-" + i);
                    }))
                    .isLessThan(SOON_MILLIS);
        }
    }

    private static void hears(Socket socket, String text) throws IOException {
        var heard = new StringBuilder();
        while (!heard.toString().endsWith(text + "\r\n")) {
            heard.append((char) socket.getInputStream().read());
        }
    }

    private interface Round {
        void play(int number) throws Exception;
    }

    /// In milliseconds. What a replica acknowledges once a second wakes its server now and then anyhow: not the median.
    private static long upperQuartile(Round round) throws Exception {
        var times = new ArrayList<Long>();
        for (var i = 0; i < 9; i++) {
            var begin = System.nanoTime();
            round.play(i);
            times.add((System.nanoTime() - begin) / 1_000_000);
        }
        return times.stream().sorted().toList().get(6);
    }

    @Test
    void settingsThatChangeAreFollowed() throws Exception {
        try (var redis = RedisWithModule.start(directory, "--hz", "1");
                var writer = redis.asking()) {
            assertThat(writer.now("SET a 1")).isEqualTo("+OK");
            redis.cli("CONFIG SET appendonly yes\nCONFIG SET appendfsync always\n", "--socket");
            FaultsTest.await(() ->
                    redis.cli("INFO persistence\n", "--socket").contains("aof_rewrite_in_progress:0\r\naof_rewrite_s"));
            for (var i = 0; i < 20; i++) {
                assertThat(writer.now("SET written now-" + i)).isEqualTo("+OK");
                assertThat(appended()).contains("now-" + i);
            }
        }
    }
}

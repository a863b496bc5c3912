package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// As many rings as there may be, and one more.
class FullHouseTest {
    private static final int MOST = 64;
    private static final String REQUEST = "*2\r\n$3\r\nGET\r\n$4\r\nlong\r\n";

    @TempDir
    Path directory;

    @Test
    void everyRingIsServedWhenAllHaveBeenFull() throws Exception {
        var socket = directory.resolve("socket");
        try (var redis = RedisWithModule.start(directory, "--unixsocket", socket.toString())) {
            redis.cli("SET long %s\n".formatted("x".repeat(2 * RawRing.CAPACITY)), "--socket");
            var clients = new ArrayList<RawRing>();
            for (var i = 0; i < MOST; i++) {
                clients.add(new RawRing(socket));
            }
            assertThat(redis.cli("PING\n")).contains("all rings are taken").endsWith("+PONG\r\n");
            for (var client : clients) {
                client.put(REQUEST);
            }
            for (var client : clients) {
                FaultsTest.await(() -> client.getLong(RawRing.REPLIES + RawRing.TAIL) == RawRing.CAPACITY);
            }
            // The server sleeps, with more to say to each of them.
            Thread.sleep(300);
            for (var client : clients) {
                client.setLong(RawRing.REPLIES + RawRing.HEAD, RawRing.CAPACITY);
                FaultsTest.await(() -> client.getLong(RawRing.REPLIES + RawRing.TAIL) > RawRing.CAPACITY);
            }
            for (var client : clients) {
                client.close();
            }
            FaultsTest.await(() -> Traces.rings(redis.pid()) == 0);
            assertThat(redis.cli("PING\n")).isEqualTo("+PONG\r\n");
        }
    }
}

package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.resp.RespValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client of the module that writes what it likes into the memory: its ring is closed, Redis and another client
/// notice nothing.
class HostileClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ECHO = "*2\r\n$4\r\nECHO\r\n$8000\r\n" + "x".repeat(8000) + "\r\n";

    @TempDir
    static Path temporary;

    private static NativeRedis redis;
    private RedisClient bystander;

    @BeforeAll
    static void start() throws IOException {
        redis = NativeRedis.start(new Directories(temporary, temporary, temporary, temporary.resolve("run")));
    }

    @AfterAll
    static void stop() throws IOException {
        redis.close();
    }

    @BeforeEach
    void stand() throws IOException {
        bystander = RedisClient.connect(redis.transport("shm").orElseThrow(), RedisLogin.NONE, _ -> {});
    }

    @AfterEach
    void stillStands() throws Exception {
        pings();
        // Only its own ring is left.
        FaultsTest.await(() -> Traces.rings(redis.pid().orElseThrow()) == 1);
        bystander.close();
        FaultsTest.await(() -> Traces.rings(redis.pid().orElseThrow()) == 0);
    }

    private void pings() throws Exception {
        assertThat(bystander.ask(PATIENCE, "PING").value()).isEqualTo(new RespValue.SimpleString("PONG"));
    }

    private static RawRing open() throws IOException {
        return new RawRing(Path.of(redis.transport("unix").orElseThrow().address()));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x10001, Long.MIN_VALUE, Long.MAX_VALUE})
    void anImpossibleTailClosesTheRing(long tail) throws Exception {
        try (var _ = open();
                var client = open()) {
            client.setLong(RawRing.REQUESTS + RawRing.TAIL, tail);
            // The ring of the other one, and the bystander's.
            FaultsTest.await(() -> Traces.rings(redis.pid().orElseThrow()) == 2);
        }
    }

    @Test
    void anyWordsInTheHeaderLeaveTheOthersUnharmed() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var round = 0; round < 60; round++) {
            try (var client = open()) {
                client.put(ECHO);
                for (var i = 0; i < 40; i++) {
                    var at = 8 * random.nextInt(0x600 / 8);
                    client.setLong(at, random.nextBoolean() ? random.nextLong() : random.nextInt(0x30000));
                }
                client.put(ECHO);
                if (random.nextBoolean()) {
                    pings();
                }
            } catch (AssertionError e) {
                throw new AssertionError("With seed " + seed + " in round " + round, e);
            }
        }
    }

    @Test
    void anyBytesInsteadOfRequestsLeaveTheOthersUnharmed() throws Exception {
        var random = new Random(11);
        for (var round = 0; round < 40; round++) {
            try (var client = open()) {
                var text = new StringBuilder();
                while (text.length() < 3000) {
                    text.append(
                            switch (random.nextInt(6)) {
                                case 0 -> "*" + random.nextInt(-2, 2_000_000_000) + "\r\n";
                                case 1 -> "$" + random.nextLong() + "\r\n";
                                case 2 -> "*1\r\n$4\r\nPING\r\n";
                                case 3 -> "*2\r\n$11\r\nSHM.SESSION\r\n$1\r\n" + random.nextInt(10) + "\r\n";
                                case 4 -> "*1\r\n$5\r\nMULTI\r\n*1\r\n$4\r\nEXEC\r\n";
                                default -> String.valueOf((char) random.nextInt(128));
                            });
                }
                client.put(text.toString());
                pings();
            }
        }
    }

    @Test
    void oneThatDoesNotReadHoldsUpNobodyAndGetsAllOfIt() throws Exception {
        try (var client = open()) {
            // Until both rings are full and the server takes no more.
            var sent = 0L;
            for (var idle = 0; idle < 10; ) {
                var put = client.put(ECHO.repeat(8));
                sent += put;
                idle = put == 0 ? idle + 1 : 0;
                pings();
                Thread.sleep(20);
            }
            assertThat(client.getLong(RawRing.REPLIES + RawRing.TAIL)).isEqualTo(RawRing.CAPACITY);
            assertThat(sent).isGreaterThan(1 << 20);

            // It reads on: what waited comes, as many bytes as were asked for.
            var before = client.getLong(RawRing.REPLIES + RawRing.TAIL);
            client.setLong(RawRing.REPLIES + RawRing.HEAD, before);
            FaultsTest.await(() -> client.getLong(RawRing.REPLIES + RawRing.TAIL) > before);
            pings();
        }
    }
}

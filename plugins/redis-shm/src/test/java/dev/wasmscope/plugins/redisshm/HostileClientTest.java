package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.resp.RespValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A client of each server that writes what it likes into the memory: its ring is closed, the server and another client
/// notice nothing.
@ParameterizedClass
@EnumSource(Served.Kind.class)
class HostileClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ECHO = "*2\r\n$4\r\nECHO\r\n$8000\r\n" + "x".repeat(8000) + "\r\n";

    private static final String REPLY = ECHO.substring(ECHO.indexOf("$8000"));

    @TempDir
    static Path temporary;

    private static final Map<Served.Kind, Served> SERVERS = new EnumMap<>(Served.Kind.class);

    private final Served.Kind kind;
    private Served server;
    private RedisClient bystander;

    HostileClientTest(Served.Kind kind) {
        this.kind = kind;
    }

    @AfterAll
    static void stop() throws IOException {
        for (var server : SERVERS.values()) {
            server.close();
        }
        SERVERS.clear();
    }

    @BeforeEach
    void stand() throws IOException {
        if (!SERVERS.containsKey(kind)) {
            SERVERS.put(kind, kind.start(Files.createTempDirectory(temporary, "server")));
        }
        server = Objects.requireNonNull(SERVERS.get(kind));
        bystander = RedisClient.connect(server.target().transport("shm").orElseThrow(), RedisLogin.NONE, _ -> {});
    }

    @AfterEach
    void stillStands() throws Exception {
        pings();
        // Only its own ring is left.
        FaultsTest.await(() -> Traces.rings(server.pid()) == 1);
        bystander.close();
        FaultsTest.await(() -> Traces.rings(server.pid()) == 0);
    }

    private void pings() throws Exception {
        assertThat(bystander.ask(PATIENCE, "PING").value()).isEqualTo(new RespValue.SimpleString("PONG"));
    }

    private RawRing open() throws IOException {
        return new RawRing(server.socket());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x10001, Long.MIN_VALUE, Long.MAX_VALUE})
    void anImpossibleTailClosesTheRingAndIsLogged(long tail) throws Exception {
        try (var _ = open();
                var client = open()) {
            var before = server.log().get();
            client.setLong(RawRing.REQUESTS + RawRing.TAIL, tail);
            client.bell();
            // The ring of the other one, and the bystander's.
            FaultsTest.await(() -> Traces.rings(server.pid()) == 2);
            isLogged(before, "tail");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x200001, Long.MIN_VALUE, Long.MAX_VALUE})
    void anImpossibleHeadClosesTheRingAndIsLogged(long head) throws Exception {
        try (var _ = open();
                var client = open()) {
            var before = server.log().get();
            client.setLong(RawRing.REPLIES + RawRing.HEAD, head);
            // The head is looked at when there may not be room.
            var rest = new StringBuilder(ECHO.repeat(20));
            FaultsTest.await(() -> {
                rest.delete(0, client.put(rest.toString()));
                return Traces.rings(server.pid()) == 2;
            });
            isLogged(before, "head");
        }
    }

    /// With whose ring it is, and what was wrong with it.
    private void isLogged(List<String> before, String word) throws Exception {
        var sentence = kind == Served.Kind.NATIVE
                ? "The ring of client \\d+ is closed: its %s is impossible\\."
                : "The client .+ is cut off\\. The other side's %s of -?\\d+ is impossible: .*";
        var line = Pattern.compile(sentence.formatted(word));
        FaultsTest.await(() ->
                server.log().get().stream().anyMatch(said -> line.matcher(said).find() && !before.contains(said)));
    }

    @Test
    void requestsBesideAnOpenRingEndTheConnectionAndAreLogged() throws Exception {
        Assumptions.assumeTrue(kind != Served.Kind.NATIVE, "Redis takes some commands over the socket.");
        try (var client = open()) {
            client.put(ECHO);
            client.take(REPLY.length(), PATIENCE);
            var before = server.log().get();
            client.say("*1\r\n$4\r\nPING\r\n");
            FaultsTest.await(() -> Traces.rings(server.pid()) == 1);
            FaultsTest.await(() -> server.log().get().stream()
                    .anyMatch(said ->
                            said.contains("is cut off: it sends requests over its socket") && !before.contains(said)));
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
            var requests = 0;
            var rest = "";
            for (var idle = 0; idle < 10; ) {
                if (rest.isEmpty()) {
                    rest = numbered(requests++, true);
                }
                var put = client.put(rest);
                rest = rest.substring(put);
                idle = put == 0 ? idle + 1 : 0;
                pings();
                if (put == 0) {
                    Thread.sleep(20);
                }
            }
            assertThat(client.getLong(RawRing.REPLIES + RawRing.TAIL)).isEqualTo(RawRing.CAPACITY);
            assertThat(requests).isGreaterThan(2 * RawRing.CAPACITY / ECHO.length());

            // It reads on: each answer comes, in its order, and nothing behind the last one.
            var length = 0L;
            for (var i = 0; i < requests; i++) {
                while (!rest.isEmpty() && i == requests - 1) {
                    rest = rest.substring(client.put(rest));
                }
                var wanted = numbered(i, false);
                assertThat(client.take(wanted.length(), PATIENCE)).isEqualTo(wanted);
                length += wanted.length();
                rest = rest.substring(client.put(rest));
            }
            pings();
            assertThat(client.getLong(RawRing.REPLIES + RawRing.TAIL)).isEqualTo(length);
        }
    }

    /// An ECHO of 8000 bytes that are no other one's, or its answer.
    private static String numbered(int number, boolean request) {
        var text = "%08d".formatted(number).repeat(1000);
        return (request ? "*2\r\n$4\r\nECHO\r\n" : "") + "$8000\r\n" + text + "\r\n";
    }
}

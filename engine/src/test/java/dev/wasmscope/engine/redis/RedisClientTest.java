package dev.wasmscope.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.resp.RespEncoder;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.TcpEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a real redis-server, and stubs for what a real one does not do.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    static Path temporary;

    private NativeRedis redis;
    private final BlockingQueue<RespValue.Push> pushes = new LinkedBlockingQueue<>();

    @BeforeAll
    void start() throws IOException {
        redis = NativeRedis.start(new Directories(temporary, temporary, temporary, temporary.resolve("run")));
    }

    @AfterAll
    void stop() throws IOException {
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix"})
    void everyByteComesBackOverEveryTransport(String transport) throws Exception {
        var bytes = new byte[256];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        try (var client = connect(redis.transport(transport).orElseThrow())) {
            assertThat(client.server()).isEqualTo(new ServerFacts("redis", Optional.of(redis.version()), 3));
            client.send(List.of(utf8("SET"), bytes, bytes)).get();

            var reply = client.send(List.of(utf8("GET"), bytes)).get();

            assertThat(((RespValue.Bulk) reply.value()).bytes()).isEqualTo(bytes);
            assertThat(reply.nanos()).isPositive();
        }
    }

    @Test
    void pipelinedCommandsAreAnsweredInTheirOrder() throws Exception {
        try (var client = connect(redis.transports().getFirst())) {
            var commands = new ArrayList<List<byte[]>>();
            for (var i = 0; i < 5_000; i++) {
                commands.add(List.of(utf8("ECHO"), utf8("number " + i)));
            }

            var replies = client.sendAll(commands);

            for (var i = 0; i < replies.size(); i++) {
                assertThat(text(replies.get(i).get())).isEqualTo("number " + i);
            }
        }
    }

    @Test
    void pipelineLargerThanAllBuffersDoesNotLock() throws Exception {
        try (var echo = EchoTarget.start(new Directories(temporary, temporary, temporary, temporary.resolve("run")));
                var client = connect(echo.transports().getFirst())) {
            var word = utf8("x".repeat(100_000));
            var commands = new ArrayList<List<byte[]>>();
            for (var i = 0; i < 200; i++) {
                commands.add(List.of(utf8("ECHO"), word));
            }

            var replies = client.sendAll(commands);

            assertThat(replies.getLast()
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .value())
                    .isInstanceOfSatisfying(
                            RespValue.Bulk.class,
                            bulk -> assertThat(bulk.bytes()).isEqualTo(word));
        }
    }

    @Test
    void errorIsAReply() throws Exception {
        try (var client = connect(redis.transports().getFirst())) {
            assertThat(client.ask(PATIENCE, "NOSUCH").value())
                    .isInstanceOfSatisfying(
                            RespValue.SimpleError.class,
                            e -> assertThat(e.text()).startsWith("ERR unknown command"));
            assertThat(client.ask(PATIENCE, "PING").value()).isEqualTo(new RespValue.SimpleString("PONG"));
        }
    }

    @Test
    void messagesComeApartFromReplies() throws Exception {
        try (var subscriber = connect(redis.transports().getFirst());
                var publisher = connect(redis.transports().getLast())) {
            var confirmed = subscriber.send("SUBSCRIBE", "a", "b").get();
            publisher.ask(PATIENCE, "PUBLISH", "b", "hello");
            var pong = subscriber.ask(PATIENCE, "PING");

            assertThat(confirmed.value()).isInstanceOf(RespValue.Push.class);
            assertThat(wire(pushes.poll(10, TimeUnit.SECONDS)))
                    .contains("subscribe")
                    .contains("a");
            assertThat(wire(pushes.poll(10, TimeUnit.SECONDS)))
                    .contains("message")
                    .contains("hello");
            assertThat(pong.value()).isEqualTo(new RespValue.SimpleString("PONG"));
        }
    }

    @Test
    void monitorsLinesComeApartFromReplies() throws Exception {
        try (var client = connect(redis.transports().getFirst());
                var other = connect(redis.transports().getLast())) {
            assertThat(client.ask(PATIENCE, "MONITOR").value()).isEqualTo(new RespValue.SimpleString("OK"));
            other.ask(PATIENCE, "GET", "seen");

            assertThat(wire(pushes.poll(10, TimeUnit.SECONDS)))
                    .contains("monitor")
                    .contains("\"GET\" \"seen\"");
        }
    }

    @Test
    void databaseIsSelectedOnTheWayIn() throws Exception {
        var login = new RedisLogin(Optional.empty(), Optional.empty(), 5, PATIENCE);
        try (var client = RedisClient.connect(redis.transports().getFirst(), login, pushes::add)) {
            assertThat(text(client.ask(PATIENCE, "CLIENT", "INFO"))).contains(" db=5 ");
        }
        var beyond = new RedisLogin(Optional.empty(), Optional.empty(), 99, PATIENCE);
        assertThatThrownBy(() -> RedisClient.connect(redis.transports().getFirst(), beyond, pushes::add))
                .hasMessageContaining("does not give database 99")
                .hasMessageContaining("out of range");
    }

    @Test
    void userAndPasswordAreAskedForAndChecked() throws Exception {
        try (var admin = connect(redis.transports().getFirst())) {
            admin.ask(PATIENCE, "ACL", "SETUSER", "ann", "on", ">secret", "~*", "+@all");
            admin.ask(PATIENCE, "ACL", "SETUSER", "default", "off");
            var address = redis.transports().getLast();
            var right = new RedisLogin(Optional.of("ann"), Optional.of("secret"), 0, PATIENCE);
            var wrong = new RedisLogin(Optional.of("ann"), Optional.of("guess"), 0, PATIENCE);

            assertThatThrownBy(() -> connect(address)).hasMessageContaining("give a user and a password");
            assertThatThrownBy(() -> RedisClient.connect(address, wrong, pushes::add))
                    .hasMessageContaining("did not let us in as ann")
                    .hasMessageNotContaining("guess");
            try (var client = RedisClient.connect(address, right, pushes::add)) {
                assertThat(text(client.ask(PATIENCE, "ACL", "WHOAMI"))).isEqualTo("ann");
            }
            admin.ask(PATIENCE, "ACL", "SETUSER", "default", "on");
        }
        assertThat(new RedisLogin(Optional.of("ann"), Optional.of("secret"), 0, PATIENCE).toString())
                .doesNotContain("secret");
    }

    @Test
    void serverWithoutHelloIsSpokenToInProtocolTwo() throws Exception {
        try (var endpoint = new TcpEndpoint(0)) {
            serve(endpoint, (connection, request) -> {
                var answer = "+PONG";
                if (request.contains("HELLO")) {
                    answer = "-ERR unknown command 'HELLO'";
                } else if (request.contains("INFO")) {
                    answer = "$20 redis_version:5.0.14";
                } else if (request.contains("SUBSCRIBE")) {
                    answer = "*3 $9 subscribe $1 a :1 *3 $7 message $1 a $2 hi";
                }
                connection.write(ByteBuffer.wrap(utf8(answer.startsWith("-") ? answer + "\r\n" : lines(answer))));
            });
            try (var client = connect(endpoint.transport())) {
                assertThat(client.server())
                        .isEqualTo(new ServerFacts("redis", Optional.of(new RedisVersion(5, 0, 14)), 2));
                assertThat(client.send("SUBSCRIBE", "a").get().value()).isInstanceOf(RespValue.Push.class);
                assertThat(wire(pushes.poll(10, TimeUnit.SECONDS)))
                        .contains("message")
                        .contains("hi");
                assertThat(client.ask(PATIENCE, "PING").value()).isEqualTo(new RespValue.SimpleString("PONG"));
            }
        }
    }

    /// FEATURES 21: the stub says itself how long it kept the command.
    @Test
    void timeOfACommandIsWithinFivePercentOfAKnownDelay() throws Exception {
        var kept = new AtomicLong();
        try (var endpoint = new TcpEndpoint(0)) {
            serve(endpoint, (connection, request) -> {
                var from = System.nanoTime();
                if (request.contains("SLOW")) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
                kept.set(System.nanoTime() - from);
                connection.write(ByteBuffer.wrap(utf8("+PONG\r\n")));
            });
            try (var client = connect(endpoint.transport())) {
                client.ask(PATIENCE, "PING");

                var reply = client.ask(PATIENCE, "SLOW");

                assertThat(reply.nanos()).isCloseTo(kept.get(), within(kept.get() / 20));
            }
        }
    }

    @Test
    void lostConnectionFailsWhatWaitsAndSaysSo() throws Exception {
        try (var client = connect(redis.transports().getFirst());
                var other = connect(redis.transports().getFirst())) {
            var waiting = client.send("BLPOP", "nothing", "0");
            other.ask(PATIENCE, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

            assertThatThrownBy(waiting::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(RedisException.class)
                    .hasMessageContaining("was lost");
            assertThat(client.closed().toCompletableFuture().get()).contains(client.address());
            assertThatThrownBy(() -> client.ask(PATIENCE, "PING")).isInstanceOf(RedisException.class);
        }
    }

    /// Nobody would read any more, and whoever waits would wait for ever.
    @Test
    void readerThatFailsFailsWhatWaits() throws Exception {
        var address = redis.transports().getFirst();
        try (var client = RedisClient.connect(address, RedisLogin.NONE, _ -> {
                    throw new IllegalStateException("planted, and rightly shown on the console");
                });
                var other = connect(address)) {
            client.ask(PATIENCE, "SUBSCRIBE", "planted");
            var waiting = client.send("BLPOP", "nothing", "0");
            other.ask(PATIENCE, "PUBLISH", "planted", "now");

            assertThatThrownBy(() -> waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(RedisException.class)
                    .hasMessageContaining("given up")
                    .hasMessageContaining("planted");
            assertThatThrownBy(() -> client.ask(PATIENCE, "PING")).isInstanceOf(RedisException.class);
        }
    }

    @Test
    void somethingThatIsNoRedisIsNamed() throws Exception {
        try (var endpoint = new TcpEndpoint(0)) {
            serve(
                    endpoint,
                    (connection, _) -> connection.write(ByteBuffer.wrap(utf8("HTTP/1.1 400 Bad Request\r\n\r\n"))));

            assertThatThrownBy(() -> connect(endpoint.transport()))
                    .isInstanceOf(RedisException.class)
                    .hasMessageContaining("is this a Redis server?");
        }
    }

    @Test
    void serverThatSaysNothingIsGivenUp() throws Exception {
        try (var endpoint = new TcpEndpoint(0)) {
            var login = new RedisLogin(Optional.empty(), Optional.empty(), 0, Duration.ofMillis(50));

            assertThatThrownBy(() -> RedisClient.connect(endpoint.transport(), login, pushes::add))
                    .isInstanceOf(RedisException.class)
                    .hasMessageContaining("did not answer within 50 ms");
        }
    }

    private RedisClient connect(Transport transport) throws IOException {
        return RedisClient.connect(transport, RedisLogin.NONE, pushes::add);
    }

    private interface Answer {
        void to(Connection connection, String request) throws IOException;
    }

    /// One client; each read is one request.
    private static void serve(TcpEndpoint endpoint, Answer answer) {
        Thread.ofPlatform().daemon().name("stub").start(() -> {
            try (var connection = endpoint.accept()) {
                var in = ByteBuffer.allocate(64 * 1024);
                while (connection.read(in, Duration.ZERO) > 0) {
                    answer.to(connection, new String(in.array(), 0, in.position(), StandardCharsets.UTF_8));
                    in.clear();
                }
            } catch (IOException e) {
                // The test ends it.
            }
        });
    }

    private static String text(TimedReply reply) {
        return Handshake.text(reply.value());
    }

    private static String wire(RespValue value) {
        return new String(RespEncoder.value(value), StandardCharsets.UTF_8);
    }

    private static String lines(String words) {
        return words.replace(" ", "\r\n") + "\r\n";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

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
import dev.wasmscope.engine.resp.RespLimits;
import dev.wasmscope.engine.resp.RespReader;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Endpoint;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.OutputLimits;
import dev.wasmscope.engine.transport.TcpEndpoint;
import dev.wasmscope.engine.transport.UnixEndpoint;
import dev.wasmscope.engine.wasm.Runtimes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Redis in Wasm with real clients over every way to it; one server for all tests, emptied before each.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WasmRedisServerTest {
    private static final OutputLimits LIMITS = new OutputLimits(1 << 20, 16 << 20, 256 << 20, 64 << 20);

    private WasmRedisServer server;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        assumeThat(RedisModule.present()).isTrue();
        var own = Files.createDirectory(
                temporary.resolve("own"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var endpoints = List.<Endpoint>of(new TcpEndpoint(0), new UnixEndpoint(own.resolve("s")));
        // A crowded machine is slow, not stuck.
        var limits = WasmRedisOptions.USUAL_LIMITS.withCallTime(PATIENCE);
        var redis = WasmRedisOptions.of(7, System.currentTimeMillis() * 1000).withLimits(limits);
        server = WasmRedisServer.start(
                WasmRedisServer.Options.of(redis).withLimits(LIMITS),
                Runtimes.builtIn().getFirst(),
                endpoints);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
            assertThat(server.ended().toCompletableFuture()).isCompleted();
        }
    }

    @BeforeEach
    void empty() throws Exception {
        try (var client = client("tcp")) {
            assertThat(ask(client, "FLUSHALL")).isEqualTo("+OK");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix", "in-process"})
    void clientsOfEveryTransportSeeTheSameData(String transport) throws Exception {
        try (var client = client(transport);
                var other = client("tcp")) {
            assertThat(client.server().version().orElseThrow().toString()).isEqualTo("7.0.15");
            assertThat(ask(client, "SET", "hello", "world")).isEqualTo("+OK");
            assertThat(ask(other, "GET", "hello")).isEqualTo("$5 world");
        }
    }

    @Test
    void transactionFailsWhenAnotherClientTouchesWhatIsWatched() throws Exception {
        try (var client = client("unix");
                var other = client("tcp")) {
            ask(client, "WATCH", "k");
            ask(client, "MULTI");
            assertThat(ask(client, "SET", "k", "mine")).isEqualTo("+QUEUED");
            ask(other, "SET", "k", "theirs");
            assertThat(ask(client, "EXEC")).isEqualTo("_");
            assertThat(ask(client, "GET", "k")).isEqualTo("$6 theirs");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix", "in-process"})
    void messageReachesItsSubscriber(String transport) throws Exception {
        var messages = new LinkedBlockingQueue<RespValue.Push>();
        try (var subscriber = client(transport, messages);
                var publisher = client("tcp")) {
            subscriber.send("SUBSCRIBE", "news").get(60, TimeUnit.SECONDS);
            assertThat(ask(publisher, "PUBLISH", "news", "today")).isEqualTo(":1");
            assertThat(messages.poll(60, TimeUnit.SECONDS).toString()).contains("Push");
        }
    }

    @Test
    void blockedClientIsWokenByAnothersPushAndByItsOwnTimeout() throws Exception {
        try (var waiting = client("unix");
                var pushing = client("in-process")) {
            var popped = waiting.send("BLPOP", "queue", "0");
            ask(pushing, "PING");
            assertThat(popped).isNotDone();
            ask(pushing, "RPUSH", "queue", "job");
            assertThat(shown(popped.get(60, TimeUnit.SECONDS).value())).contains("job");

            assertThat(ask(waiting, "BLPOP", "queue", "0.2")).isEqualTo("_");
        }
    }

    @Test
    void keyExpiresOnTheWallClock() throws Exception {
        try (var client = client("tcp")) {
            ask(client, "SET", "k", "v", "PX", "60");
            for (var i = 0; i < 400 && !ask(client, "EXISTS", "k").equals(":0"); i++) {
                Thread.sleep(5);
            }
            assertThat(ask(client, "EXISTS", "k")).isEqualTo(":0");
        }
    }

    @Test
    void fiveHundredClientsAreServedTogether() throws Exception {
        var clients = new ArrayList<Connection>();
        try {
            for (var i = 0; i < 500; i++) {
                clients.add(transport(i % 2 == 0 ? "tcp" : "unix").connect(PATIENCE));
            }
            for (var round = 0; round < 3; round++) {
                for (var client : clients) {
                    client.write(ByteBuffer.wrap(RespEncoder.command("INCR", "all")));
                }
                var sum = 0L;
                for (var client : clients) {
                    sum += ((RespValue.Int) new RespReader(client, RespLimits.DEFAULT).read(PATIENCE)).value();
                }
                var last = (round + 1) * 500L;
                assertThat(sum).isEqualTo((last - 499 + last) * 250);
            }
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
        awaitClients(1);
    }

    @Test
    void clientThatNeverReadsIsCutOffWhileOthersGoOn() throws Exception {
        try (var slow = transport("unix").connect(PATIENCE);
                var other = client("unix")) {
            ask(other, "SET", "big", "x".repeat(1 << 20));
            for (var i = 0; i < 8; i++) {
                slow.write(ByteBuffer.wrap(RespEncoder.command("GET", "big")));
            }
            for (var i = 0; i < 200; i++) {
                assertThat(ask(other, "INCR", "n")).isEqualTo(":" + (i + 1));
            }
            // What it is owed below the limit it still gets.
            assertThat(read(slow, 8 << 20)).isEqualTo(8 << 20);

            slow.write(ByteBuffer.wrap(repeated(RespEncoder.command("GET", "big"), 40)));
            awaitClients(2);
            assertThat(ask(other, "GET", "n")).isEqualTo("$3 200");
        }
    }

    @Test
    void clientThatReadsTooSlowlyIsClosedByRedissOwnLimitWhileOthersGoOn() throws Exception {
        try (var slow = transport("unix").connect(PATIENCE);
                var other = client("unix")) {
            ask(other, "CONFIG", "SET", "client-output-buffer-limit", "normal 4mb 0 0");
            ask(other, "SET", "big", "x".repeat(1 << 20));
            // Far below what the host itself would keep.
            for (var i = 0; i < 10; i++) {
                write(slow, RespEncoder.command("GET", "big"));
                assertThat(ask(other, "INCR", "n")).isEqualTo(":" + (i + 1));
            }
            awaitClients(2);
            ask(other, "CONFIG", "SET", "client-output-buffer-limit", "normal 0 0 0");
        }
    }

    @Test
    void clientThatReadsLateGetsAllThatRedisKeptForIt() throws Exception {
        try (var late = transport("unix").connect(PATIENCE);
                var other = client("unix")) {
            ask(other, "SET", "big", "x".repeat(1 << 20));
            for (var i = 0; i < 12; i++) {
                write(late, RespEncoder.command("GET", "big"));
                ask(other, "INCR", "n");
            }
            assertThat(ask(other, "CLIENT", "LIST")).containsPattern("omem=[1-9][0-9]{6}");
            assertThat(read(late, 12 * ((1 << 20) + 12))).isEqualTo(12 * ((1 << 20) + 12));
        }
    }

    @Test
    void clientsKilledInTheMiddleOfARequestLeaveNothingBehind() throws Exception {
        for (var i = 0; i < 40; i++) {
            var client = transport(i % 2 == 0 ? "tcp" : "unix").connect(PATIENCE);
            var request = RespEncoder.command("SET", "k" + i, "v".repeat(1000));
            client.write(ByteBuffer.wrap(request, 0, 10 + i * 20));
            client.close();
        }
        awaitClients(1);
        try (var client = client("tcp")) {
            assertThat(ask(client, "DBSIZE")).isEqualTo(":0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix", "in-process"})
    void hugePipelineIsAnsweredInOrder(String transport) throws Exception {
        var all = new ByteArrayOutputStream();
        for (var i = 0; i < 50_000; i++) {
            all.writeBytes(RespEncoder.command("ECHO", Integer.toString(i)));
        }
        try (var client = transport(transport).connect(PATIENCE)) {
            var sender = Thread.ofVirtual().start(() -> write(client, all.toByteArray()));
            var reader = new RespReader(client, RespLimits.DEFAULT);
            for (var i = 0; i < 50_000; i++) {
                assertThat(((RespValue.Bulk) reader.read(PATIENCE)).utf8()).isEqualTo(Integer.toString(i));
            }
            sender.join();
        }
    }

    @Test
    void valueOfManyMegabytesGoesInAndOut() throws Exception {
        try (var client = client("tcp")) {
            ask(client, "SET", "big", "x".repeat(8_000_000));
            assertThat(ask(client, "STRLEN", "big")).isEqualTo(":8000000");
            assertThat(ask(client, "GET", "big")).hasSize(8_000_000 + "$8000000 ".length());
        }
    }

    @Test
    void nonsenseIsAnsweredByRedisAndTheClientClosed() throws Exception {
        try (var client = transport("tcp").connect(PATIENCE)) {
            client.write(ByteBuffer.wrap("*1\r\n$-5\r\n".getBytes(StandardCharsets.US_ASCII)));
            assertThat(new RespReader(client, RespLimits.DEFAULT).read(PATIENCE))
                    .isEqualTo(new RespValue.SimpleError("ERR Protocol error: invalid bulk length"));
            assertThat(client.read(ByteBuffer.allocate(8), PATIENCE)).isEqualTo(-1);
        }
    }

    @Test
    void quittingClosesTheConnection() throws Exception {
        try (var client = transport("unix").connect(PATIENCE)) {
            client.write(ByteBuffer.wrap(RespEncoder.command("QUIT")));
            assertThat(new RespReader(client, RespLimits.DEFAULT).read(PATIENCE))
                    .isEqualTo(new RespValue.SimpleString("OK"));
            assertThat(client.read(ByteBuffer.allocate(8), PATIENCE)).isEqualTo(-1);
        }
    }

    @Test
    void wrongArgumentOfRedisIsReportedAndTheAddressFreed() throws Exception {
        var tcp = new TcpEndpoint(0);
        var redis = WasmRedisOptions.of(1, 0).withArguments(List.of("--maxmemory", "nonsense"));
        assertThatThrownBy(() -> WasmRedisServer.start(
                        WasmRedisServer.Options.of(redis), Runtimes.builtIn().getFirst(), List.of(tcp)))
                .isInstanceOf(WasmRedisException.class)
                .hasMessageContaining("maxmemory");
        new TcpEndpoint(tcp.port()).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix", "in-process"})
    void busyScriptIsKilledByAClientThatComesMeanwhile(String transport) throws Exception {
        try (var busy = client(transport);
                var other = client("tcp")) {
            ask(busy, "CONFIG", "SET", "busy-reply-threshold", "5");
            ask(busy, "SET", "k", "v");
            var script = busy.send("EVAL", "while true do end", "0");
            awaitBusy(other);
            assertThat(ask(other, "GET", "k")).startsWith("-BUSY");
            try (var late = client("unix")) {
                assertThat(ask(late, "SCRIPT", "KILL")).isEqualTo("+OK");
            }
            assertThat(shown(script.get(60, TimeUnit.SECONDS).value())).contains("Script killed by user");
            assertThat(ask(other, "GET", "k")).isEqualTo("$1 v");
            assertThat(ask(busy, "GET", "k")).isEqualTo("$1 v");
        }
        awaitClients(1);
    }

    @Test
    void busyFunctionIsKilledByAnotherClient() throws Exception {
        try (var busy = client("tcp");
                var other = client("tcp")) {
            ask(busy, "CONFIG", "SET", "busy-reply-threshold", "5");
            ask(busy, "FUNCTION", "LOAD", "REPLACE", """
                    #!lua name=endless
                    redis.register_function('endless', function() while true do end end)
                    """);
            var call = busy.send("FCALL", "endless", "0");
            awaitBusy(other);
            assertThat(ask(other, "FUNCTION", "KILL")).isEqualTo("+OK");
            assertThat(shown(call.get(60, TimeUnit.SECONDS).value())).contains("Script killed by user");
        }
    }

    @Test
    void clientsThatComeSendAndLeaveDuringABusyScriptAreServedWhenItEnds() throws Exception {
        try (var busy = client("tcp");
                var other = client("unix")) {
            // Slow enough to be busy, and it ends by itself.
            ask(busy, "CONFIG", "SET", "busy-reply-threshold", "60000");
            var script = busy.send("EVAL", "for i = 1, 4000000 do end return 'done'", "0");
            var waiting = new ArrayList<Connection>();
            for (var i = 0; i < 20; i++) {
                var client = transport(i % 2 == 0 ? "tcp" : "unix").connect(PATIENCE);
                client.write(ByteBuffer.wrap(repeated(RespEncoder.command("INCR", "n"), 30)));
                waiting.add(client);
            }
            for (var i = 10; i < 20; i++) {
                waiting.get(i).close();
            }
            var reply = other.send("PING");
            assertThat(shown(script.get(60, TimeUnit.SECONDS).value())).isEqualTo("$4 done");
            assertThat(shown(reply.get(60, TimeUnit.SECONDS).value())).isEqualTo("+PONG");
            for (var i = 0; i < 10; i++) {
                var reader = new RespReader(waiting.get(i), RespLimits.DEFAULT);
                for (var n = 0; n < 30; n++) {
                    assertThat(reader.read(PATIENCE)).isInstanceOf(RespValue.Int.class);
                }
                waiting.get(i).close();
            }
            awaitClients(3);
            var count = Integer.parseInt(ask(other, "GET", "n").split(" ", -1)[1]);
            assertThat(count).isBetween(300, 600);
        }
    }

    private void awaitClients(int expected) throws Exception {
        try (var client = client("tcp")) {
            for (var i = 0; i < 400 && !connected(client).equals("connected_clients:" + expected); i++) {
                Thread.sleep(10);
            }
            assertThat(connected(client)).isEqualTo("connected_clients:" + expected);
        }
    }

    private static String connected(RedisClient client) throws Exception {
        var info = client.ask(PATIENCE, "INFO", "clients").value();
        var text = info instanceof RespValue.Verbatim(var _, var bytes)
                ? new String(bytes, StandardCharsets.UTF_8)
                : ((RespValue.Bulk) info).utf8();
        return text.lines()
                .filter(l -> l.toLowerCase(Locale.ROOT).startsWith("connected_clients"))
                .findFirst()
                .orElse("");
    }

    private static int read(Connection connection, int length) throws IOException {
        var target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            assertThat(connection.read(target, PATIENCE)).isPositive();
        }
        return target.position();
    }

    private static byte[] repeated(byte[] bytes, int times) {
        var all = new ByteArrayOutputStream();
        for (var i = 0; i < times; i++) {
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    private static void write(Connection connection, byte[] bytes) {
        try {
            connection.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Transport transport(String id) {
        return server.transport(id).orElseThrow();
    }

    private RedisClient client(String transport) throws IOException {
        return client(transport, new LinkedBlockingQueue<>());
    }

    private RedisClient client(String transport, BlockingQueue<RespValue.Push> pushes) throws IOException {
        return RedisClient.connect(transport(transport), LOGIN, pushes::add);
    }
}

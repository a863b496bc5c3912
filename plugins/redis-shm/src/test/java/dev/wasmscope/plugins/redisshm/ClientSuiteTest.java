package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.redis.TimedReply;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.serve.ServedRedis;
import dev.wasmscope.engine.spi.HandshakeStep;
import dev.wasmscope.engine.spi.RedisTarget;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client can rely on, whichever server it speaks to and whichever way: real servers in processes of their own.
@ParameterizedClass(name = "{0} over {1}")
@CsvSource({"native, tcp", "native, unix", "native, shm", "wasm, tcp", "wasm, unix", "wasm, shm"})
class ClientSuiteTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /// Of either ring.
    private static final int RING = 65_536;

    @TempDir
    static Path temporary;

    private static NativeRedis nativeRedis;
    private static Optional<ServedRedis> wasm = Optional.empty();

    private final String target;
    private final String transport;
    private final BlockingQueue<RespValue.Push> pushes = new LinkedBlockingQueue<>();
    private RedisClient client;

    ClientSuiteTest(String target, String transport) {
        this.target = target;
        this.transport = transport;
    }

    @BeforeAll
    static void start() throws IOException {
        var directories = new Directories(temporary, temporary, temporary, temporary.resolve("run"));
        nativeRedis = NativeRedis.start(directories);
        wasm = InWasm.present() ? Optional.of(ServedRedis.start(directories)) : Optional.empty();
        assertThat(nativeRedis.refusal()).isEmpty();
    }

    @AfterAll
    static void stop() throws IOException {
        nativeRedis.close();
        if (wasm.isPresent()) {
            wasm.get().close();
        }
    }

    @BeforeEach
    void connect() throws Exception {
        if (target.equals("wasm")) {
            InWasm.assumePresent();
        }
        client = connect(RedisLogin.NONE);
    }

    @AfterEach
    void forget() throws Exception {
        if (client == null) {
            return;
        }
        client.close();
        try (var tidy = RedisClient.connect(target().transport("unix").orElseThrow(), RedisLogin.NONE, pushes::add)) {
            tidy.ask(PATIENCE, "FLUSHALL");
        }
    }

    private RedisTarget target() {
        return target.equals("native") ? nativeRedis : wasm.orElseThrow();
    }

    private Transport way() {
        return target().transport(transport).orElseThrow();
    }

    private RedisClient connect(RedisLogin login) throws IOException {
        return RedisClient.connect(way(), login, pushes::add);
    }

    private RespValue ask(String... words) throws Exception {
        return client.ask(PATIENCE, words).value();
    }

    private String said(String... words) throws Exception {
        return text(ask(words));
    }

    private static String text(RespValue value) {
        return switch (value) {
            case RespValue.Bulk bulk -> bulk.utf8();
            case RespValue.Verbatim(var _, var bytes) -> new String(bytes, StandardCharsets.UTF_8);
            case RespValue.SimpleString(var line) -> line;
            case RespValue.SimpleError(var line) -> "-" + line;
            case RespValue.Int(var number) -> String.valueOf(number);
            case RespValue.Array(var items) ->
                items.stream().map(ClientSuiteTest::text).toList().toString();
            case RespValue.SetReply(var items) ->
                items.stream().map(ClientSuiteTest::text).toList().toString();
            case RespValue.Push(var items) ->
                items.stream().map(ClientSuiteTest::text).toList().toString();
            case RespValue.MapReply(var entries) ->
                entries.stream()
                        .map(e -> text(e.key()) + "=" + text(e.value()))
                        .toList()
                        .toString();
            default -> value.toString();
        };
    }

    private static List<byte[]> words(Object... words) {
        return Arrays.stream(words)
                .map(word ->
                        word instanceof byte[] bytes ? bytes : word.toString().getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static RespValue value(CompletableFuture<TimedReply> reply) throws Exception {
        return reply.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).value();
    }

    private static byte[] bytes(CompletableFuture<TimedReply> reply) throws Exception {
        return ((RespValue.Bulk) value(reply)).bytes();
    }

    @Test
    void sharedMemoryIsWhatItClaims() {
        var rings = client.rings();
        assertThat(rings.isPresent()).isEqualTo(transport.equals("shm"));
        rings.ifPresent(seen -> {
            assertThat(seen.handshake()).last().isInstanceOf(HandshakeStep.Attached.class);
            assertThat(seen.positions()).isPresent();
        });
    }

    @Test
    void plainCommandsMoveTheRingsAndNothingElse() throws Exception {
        said("SET", "warm", "1");
        if (client.rings().isEmpty()) {
            return;
        }
        var rings = client.rings().get();
        var before = rings.positions().orElseThrow();
        for (var i = 0; i < 100; i++) {
            assertThat(said("GET", "warm")).isEqualTo("1");
        }
        var after = rings.positions().orElseThrow();
        var request = "*2\r\n$3\r\nGET\r\n$4\r\nwarm\r\n".length();
        assertThat(after.requests().tail() - before.requests().tail()).isEqualTo(100L * request);
        assertThat(after.replies().head() - before.replies().head()).isEqualTo(100L * "$1\r\n1\r\n".length());
        assertThat(after.detours()).isEqualTo(before.detours());
    }

    @Test
    void everyTypeComesBackAsItWentIn() throws Exception {
        assertThat(said("SET", "a", "1")).isEqualTo("OK");
        assertThat(said("INCR", "a")).isEqualTo("2");
        assertThat(ask("GET", "nothing")).isInstanceOf(RespValue.Nil.class);
        assertThat(said("RPUSH", "list", "x", "y", "z")).isEqualTo("3");
        assertThat(said("LRANGE", "list", "0", "-1")).isEqualTo("[x, y, z]");
        assertThat(said("HSET", "hash", "f", "v")).isEqualTo("1");
        assertThat(said("HGETALL", "hash")).isEqualTo("[f=v]");
        assertThat(said("SADD", "set", "m")).isEqualTo("1");
        assertThat(said("SMEMBERS", "set")).isEqualTo("[m]");
        assertThat(said("ZADD", "zset", "1.5", "one")).isEqualTo("1");
        assertThat(said("ZRANGE", "zset", "0", "-1")).isEqualTo("[one]");
        assertThat(said("XADD", "stream", "1-1", "f", "v")).isEqualTo("1-1");
        assertThat(said("XRANGE", "stream", "-", "+")).isEqualTo("[[1-1, [f, v]]]");
        assertThat(said("GEOADD", "geo", "13.361389", "38.115556", "Palermo")).isEqualTo("1");
        assertThat(said("PFADD", "hll", "a", "b")).isEqualTo("1");
        assertThat(said("PFCOUNT", "hll")).isEqualTo("2");
        assertThat(said("SETBIT", "bits", "7", "1")).isEqualTo("0");
        assertThat(said("BITCOUNT", "bits")).isEqualTo("1");
        assertThat(said("EXPIRE", "a", "100")).isEqualTo("1");
        assertThat(said("TTL", "a")).isEqualTo("100");
        assertThat(said("TYPE", "zset")).isEqualTo("zset");
    }

    @Test
    void anyBytesAreAValueAndAKey() throws Exception {
        var random = new Random(7);
        for (var length : new int[] {0, 1, 255, 4096, 70_000}) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            var key = ("\r\n\0*" + length).getBytes(StandardCharsets.ISO_8859_1);
            value(client.send(words("SET", key, bytes)));
            assertThat(bytes(client.send(words("GET", key)))).isEqualTo(bytes);
        }
    }

    @Test
    void aDeepPipelineIsAnsweredInOrder() throws Exception {
        var commands = new ArrayList<List<byte[]>>();
        IntStream.range(0, 10_000).forEach(i -> commands.add(words(i % 2 == 0 ? "INCR" : "GET", "count")));
        var replies = client.sendAll(commands);
        for (var i = 0; i < replies.size(); i++) {
            assertThat(text(value(replies.get(i)))).isEqualTo(String.valueOf(i / 2 + 1));
        }
    }

    @Test
    void commandsOfBothPathsKeepTheirOrderInAPipeline() throws Exception {
        var commands = new ArrayList<List<byte[]>>();
        for (var i = 0; i < 200; i++) {
            commands.add(words("SET", "k", i));
            commands.add(words("EVAL", "return redis.call('GET', 'k')", "0"));
            commands.add(words("APPEND", "k", "x"));
            commands.add(words("CLIENT", "GETNAME"));
            commands.add(words("GET", "k"));
        }
        var replies = client.sendAll(commands);
        for (var i = 0; i < 200; i++) {
            assertThat(text(value(replies.get(5 * i + 1)))).isEqualTo(String.valueOf(i));
            assertThat(text(value(replies.get(5 * i + 4)))).isEqualTo(i + "x");
        }
    }

    @Test
    void requestsAndRepliesLargerThanTheRingPass() throws Exception {
        var large = new byte[5 * RING + 3];
        new Random(1).nextBytes(large);
        assertThat(text(value(client.send(words("SET", "large", large))))).isEqualTo("OK");
        assertThat(bytes(client.send(words("GET", "large")))).isEqualTo(large);

        // All of them are written before the first is read.
        var commands = new ArrayList<List<byte[]>>();
        IntStream.range(0, 30).forEach(_ -> {
            commands.add(words("GET", "large"));
            commands.add(words("SET", "large", large));
        });
        for (var reply : client.sendAll(commands)) {
            assertThat(value(reply)).isNotInstanceOf(RespValue.SimpleError.class);
        }
    }

    @Test
    void transactionsAreWhole() throws Exception {
        assertThat(said("MULTI")).isEqualTo("OK");
        assertThat(said("SET", "a", "1")).isEqualTo("QUEUED");
        assertThat(said("INCR", "a")).isEqualTo("QUEUED");
        assertThat(said("EXEC")).isEqualTo("[OK, 2]");

        assertThat(said("MULTI")).isEqualTo("OK");
        assertThat(said("INCR", "a")).isEqualTo("QUEUED");
        assertThat(said("EVAL", "return 7", "0")).isEqualTo("QUEUED");
        assertThat(said("INCR", "a")).isEqualTo("QUEUED");
        assertThat(said("EXEC")).isEqualTo("[3, 7, 4]");

        assertThat(said("MULTI")).isEqualTo("OK");
        assertThat(said("INCR", "a")).isEqualTo("QUEUED");
        assertThat(said("DISCARD")).isEqualTo("OK");
        assertThat(said("GET", "a")).isEqualTo("4");
        assertThat(said("EXEC")).startsWith("-ERR EXEC without MULTI");
        assertThat(said("MULTI")).isEqualTo("OK");
        assertThat(said("MULTI")).startsWith("-ERR MULTI calls can not be nested");
        assertThat(said("EXEC")).isEqualTo("[]");
    }

    @Test
    void aTransactionInOnePieceIsWhole() throws Exception {
        var replies = client.sendAll(List.of(
                words("MULTI"),
                words("INCR", "a"),
                words("CLIENT", "GETNAME"),
                words("INCR", "a"),
                words("EXEC"),
                words("GET", "a"),
                words("MULTI"),
                words("INCR", "a"),
                words("EXEC")));
        assertThat(text(value(replies.get(4)))).startsWith("[1, ").endsWith(", 2]");
        assertThat(text(value(replies.get(5)))).isEqualTo("2");
        assertThat(text(value(replies.get(8)))).isEqualTo("[3]");
    }

    @Test
    void aWatchedKeyThatChangedEndsTheTransaction() throws Exception {
        try (var other = connect(RedisLogin.NONE)) {
            said("WATCH", "a");
            other.ask(PATIENCE, "SET", "a", "9");
            said("MULTI");
            said("INCR", "b");
            assertThat(ask("EXEC")).isInstanceOf(RespValue.Nil.class);

            said("WATCH", "a");
            said("MULTI");
            said("INCR", "b");
            assertThat(said("EXEC")).isEqualTo("[1]");

            said("WATCH", "a");
            said("UNWATCH");
            other.ask(PATIENCE, "SET", "a", "10");
            said("MULTI");
            said("INCR", "b");
            assertThat(said("EXEC")).isEqualTo("[2]");
        }
    }

    @Test
    void everyDatabaseHasItsOwnKeys() throws Exception {
        said("SET", "a", "zero");
        assertThat(said("SELECT", "3")).isEqualTo("OK");
        assertThat(ask("GET", "a")).isInstanceOf(RespValue.Nil.class);
        said("SET", "a", "three");
        assertThat(said("SELECT", "99")).startsWith("-ERR DB index is out of range");
        assertThat(said("GET", "a")).isEqualTo("three");
        var replies = client.sendAll(
                List.of(words("SELECT", "0"), words("GET", "a"), words("SELECT", "3"), words("GET", "a")));
        assertThat(text(value(replies.get(1)))).isEqualTo("zero");
        assertThat(text(value(replies.get(3)))).isEqualTo("three");
    }

    @Test
    void errorsAreRepliesAndNothingEnds() throws Exception {
        assertThat(said("NONSENSE", "x")).startsWith("-ERR unknown command");
        assertThat(said("GET")).startsWith("-ERR wrong number of arguments");
        said("LPUSH", "list", "x");
        assertThat(said("GET", "list")).startsWith("-WRONGTYPE");
        assertThat(said("SET", "a", "1", "NONSENSE")).startsWith("-ERR syntax error");
        assertThat(said("INCRBY", "a", "x")).startsWith("-ERR value is not an integer");
        assertThat(said("PING")).isEqualTo("PONG");
    }

    @Test
    void usersMayDoWhatTheyMay() throws Exception {
        said("ACL", "SETUSER", "reader", "reset", "on", ">secret", "~open:*", "+@read", "+@connection");
        try (var reader = connect(login("reader", "secret"))) {
            assertThat(reader.ask(PATIENCE, "PING").value()).isEqualTo(new RespValue.SimpleString("PONG"));
            assertThat(reader.ask(PATIENCE, "GET", "open:a").value()).isInstanceOf(RespValue.Nil.class);
            assertThat(text(reader.ask(PATIENCE, "GET", "shut").value())).startsWith("-NOPERM");
            assertThat(text(reader.ask(PATIENCE, "SET", "open:a", "1").value())).startsWith("-NOPERM");
        }
        assertThatThrownBy(() -> connect(login("reader", "wrong"))).hasMessageContaining("WRONGPASS");
        assertThat(said("AUTH", "reader", "secret")).isEqualTo("OK");
        assertThat(said("SET", "open:a", "1")).startsWith("-NOPERM");
        try (var owner = connect(RedisLogin.NONE)) {
            owner.ask(PATIENCE, "ACL", "DELUSER", "reader");
        }
    }

    private static RedisLogin login(String user, String password) {
        return new RedisLogin(Optional.of(user), Optional.of(password), 0, PATIENCE);
    }

    @Test
    void aPasswordIsAskedForBeforeAnythingElse() throws Exception {
        said("ACL", "SETUSER", "reader", "reset", "on", ">secret", "~*", "+@read", "+@connection");
        if (target.equals("native")) {
            said("ACL", "SETUSER", "reader", "+shm.open");
        }
        said("CONFIG", "SET", "requirepass", "pass");
        try {
            assertThatThrownBy(() -> connect(RedisLogin.NONE)).hasMessageContaining("password");
            try (var known = connect(new RedisLogin(Optional.empty(), Optional.of("pass"), 2, PATIENCE))) {
                assertThat(text(known.ask(PATIENCE, "SET", "a", "1").value())).isEqualTo("OK");
                assertThat(text(known.ask(PATIENCE, "GET", "a").value())).isEqualTo("1");
                known.rings()
                        .ifPresent(rings ->
                                assertThat(rings.handshake()).last().isInstanceOf(HandshakeStep.Attached.class));
            }
            try (var reader = connect(login("reader", "secret"))) {
                reader.ask(PATIENCE, "GET", "a");
                // From here on nobody is logged in.
                assertThat(text(reader.ask(PATIENCE, "RESET").value())).isEqualTo("RESET");
                assertThat(text(reader.ask(PATIENCE, "SET", "a", "1").value())).startsWith("-NOAUTH");
            }
        } finally {
            said("CONFIG", "SET", "requirepass", "");
        }
    }

    @Test
    void fullMemoryRefusesWritesAndServesReads() throws Exception {
        said("SET", "a", "1");
        said("CONFIG", "SET", "maxmemory-policy", "noeviction");
        said("CONFIG", "SET", "maxmemory", "1");
        try {
            var replies = client.sendAll(List.of(
                    words("SET", "b", "1"),
                    words("GET", "a"),
                    words("INCR", "a"),
                    words("GET", "a"),
                    words("DEL", "a"),
                    words("EXISTS", "a")));
            assertThat(replies.stream().map(reply -> text(reply.join().value())).toList())
                    .satisfiesExactly(
                            set -> assertThat(set).startsWith("-OOM command not allowed"),
                            get -> assertThat(get).isEqualTo("1"),
                            incr -> assertThat(incr).startsWith("-OOM"),
                            get -> assertThat(get).isEqualTo("1"),
                            del -> assertThat(del).isEqualTo("1"),
                            exists -> assertThat(exists).isEqualTo("0"));
            said("MULTI");
            assertThat(said("SET", "b", "1"))
                    .satisfiesAnyOf(
                            reply -> assertThat(reply).startsWith("-OOM"),
                            reply -> assertThat(reply).isEqualTo("QUEUED"));
            assertThat(said("EXEC"))
                    .satisfiesAnyOf(
                            reply -> assertThat(reply).startsWith("-EXECABORT"),
                            reply -> assertThat(reply).startsWith("-OOM"));
        } finally {
            said("CONFIG", "SET", "maxmemory", target.equals("wasm") ? "512mb" : "0");
        }
        assertThat(said("SET", "b", "1")).isEqualTo("OK");
    }

    @Test
    void fullMemoryMakesRoomWhereItIsToldTo() throws Exception {
        var used = Long.parseLong(said("INFO", "memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .findFirst()
                .orElseThrow()
                .replaceAll("\\D", ""));
        said("CONFIG", "SET", "maxmemory-policy", "allkeys-random");
        said("CONFIG", "SET", "maxmemory", String.valueOf(used + 1_000_000));
        try {
            // What waits for its reader takes memory, too.
            for (var batch = 0; batch < 60; batch++) {
                var commands = new ArrayList<List<byte[]>>();
                for (var i = 0; i < 10; i++) {
                    commands.add(words("SET", "key:" + batch + ":" + i, "x".repeat(8000)));
                    commands.add(words("STRLEN", "key:" + batch + ":" + i));
                }
                for (var reply : client.sendAll(commands)) {
                    assertThat(text(value(reply))).matches("OK|8000|0");
                }
            }
            assertThat(Integer.parseInt(said("DBSIZE"))).isLessThan(600);
        } finally {
            said("CONFIG", "SET", "maxmemory", target.equals("wasm") ? "512mb" : "0");
            said("CONFIG", "SET", "maxmemory-policy", "noeviction");
        }
    }

    @Test
    void messagesComeWithoutBeingAskedFor() throws Exception {
        assertThat(said("SUBSCRIBE", "news", "more")).contains("subscribe").contains("more");
        try (var other = connect(RedisLogin.NONE)) {
            for (var i = 0; i < 50; i++) {
                assertThat(text(other.ask(PATIENCE, "PUBLISH", "news", "number " + i)
                                .value()))
                        .isEqualTo("1");
            }
        }
        for (var i = 0; i < 50; ) {
            var push = pushes.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(push).isNotNull();
            if (text(push).startsWith("[message")) {
                assertThat(text(push)).isEqualTo("[message, news, number " + i++ + "]");
            }
        }
        assertThat(said("SET", "a", "1")).isEqualTo("OK");
        assertThat(said("GET", "a")).isEqualTo("1");
    }

    @Test
    void aBlockedClientWaitsAndOthersDoNot() throws Exception {
        var waits = client.send("BLPOP", "queue", "20");
        try (var other = connect(RedisLogin.NONE)) {
            for (var i = 0; i < 100; i++) {
                assertThat(text(other.ask(PATIENCE, "INCR", "n").value())).isEqualTo(String.valueOf(i + 1));
            }
            assertThat(waits.isDone()).isFalse();
            var behind = client.send("GET", "n");
            other.ask(PATIENCE, "RPUSH", "queue", "x");
            assertThat(text(value(waits))).isEqualTo("[queue, x]");
            assertThat(text(value(behind))).isEqualTo("100");
        }
        assertThat(ask("BLPOP", "queue", "0.05")).isInstanceOf(RespValue.Nil.class);
        assertThat(said("GET", "n")).isEqualTo("100");
    }

    @Test
    void scriptsRunOnce() throws Exception {
        assertThat(said("EVAL", "return redis.call('INCRBY', KEYS[1], ARGV[1])", "1", "n", "5"))
                .isEqualTo("5");
        var sha = said("SCRIPT", "LOAD", "return redis.call('INCR', KEYS[1])");
        assertThat(sha).hasSize(40);
        assertThat(said("EVALSHA", sha, "1", "n")).isEqualTo("6");
        assertThat(said("GET", "n")).isEqualTo("6");
        assertThat(said("EVALSHA", "0".repeat(40), "0")).startsWith("-NOSCRIPT");
    }

    @Test
    void bothVersionsOfTheProtocolAreSpoken() throws Exception {
        said("HSET", "hash", "f", "v");
        said("ZADD", "zset", "1.5", "m");
        assertThat(ask("HGETALL", "hash")).isInstanceOf(RespValue.MapReply.class);
        assertThat(ask("ZSCORE", "zset", "m")).isInstanceOf(RespValue.Dbl.class);
        assertThat(ask("HELLO", "2")).isInstanceOf(RespValue.Array.class);
        assertThat(ask("HGETALL", "hash")).isInstanceOf(RespValue.Array.class);
        assertThat(said("ZSCORE", "zset", "m")).isEqualTo("1.5");
        assertThat(ask("HELLO", "3")).isInstanceOf(RespValue.MapReply.class);
        assertThat(ask("HGETALL", "hash")).isInstanceOf(RespValue.MapReply.class);
    }
}

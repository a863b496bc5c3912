package dev.wasmscope.engine.redis.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.RedisTarget;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.transport.UnixEndpoint;
import dev.wasmscope.engine.transport.UnixTransport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of native Redis in Redis in Wasm and the other way round, against the real redis-server.
class DumpInteropTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void needsTheModule() {
        assumeTrue(BuiltModule.present(), BuiltModule::whyNot);
    }

    /// Every type in every encoding that is written to a file in its own way.
    private static List<List<String>> data() {
        var all = new ArrayList<List<String>>();
        for (var line : """
                SET text hello
                SET number 12345
                SET expires soon PXAT 4000000000000
                SETRANGE long 70000 end
                APPEND compressible aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
                RPUSH list a b c 1 2 -3
                SADD intset 1 2 3 70000 -9000000000
                SADD words a b c
                HSET hash f v g 1
                ZADD zset 1.5 a -inf b +inf c 0.1 d
                PFADD hll a b c d e f g
                PFCOUNT hll
                GEOADD geo 13.361389 38.115556 Palermo 15.087269 37.502669 Catania
                SETBIT bits 1000 1
                XADD stream 1-1 a 1 b 2
                XADD stream 2-1 a 3
                XGROUP CREATE stream group 0
                XREADGROUP GROUP group consumer COUNT 1 STREAMS stream >
                XGROUP CREATECONSUMER stream group idle
                XGROUP CREATE stream other $
                SELECT 5
                SET elsewhere 1
                SELECT 0""".lines().toList()) {
            all.add(List.of(line.split(" ", -1)));
        }
        all.add(List.of(
                "FUNCTION", "LOAD", "#!lua name=mine\nredis.register_function('f', function(k, a) return 7 end)"));
        for (int i = 0; i < 600; i++) {
            all.add(List.of("HSET", "large-hash", "field" + i, "value" + i));
            all.add(List.of("SADD", "large-set", "member" + i));
            all.add(List.of("ZADD", "large-zset", String.valueOf(i / 3.0), "member" + i));
            all.add(List.of("RPUSH", "large-list", "x".repeat(i % 50 == 0 ? 9_000 : 20) + i));
            all.add(List.of("XADD", "large-stream", i + 1 + "-1", "i", String.valueOf(i)));
        }
        return all;
    }

    private static RedisClient client(RedisTarget target) throws Exception {
        return RedisClient.connect(target.transports().getFirst(), RedisLogin.NONE, _ -> {});
    }

    private static void fill(RedisTarget target) throws Exception {
        try (var client = client(target)) {
            for (var command : data()) {
                var reply = client.ask(PATIENCE, command.toArray(String[]::new)).value();
                assertThat(reply).as(String.join(" ", command)).isNotInstanceOf(RespValue.SimpleError.class);
            }
        }
    }

    /// Of all data, and of what the digest leaves out: functions, groups and what is pending, the time left.
    private static List<String> facts(RedisTarget target) throws Exception {
        var facts = new ArrayList<String>();
        try (var client = client(target)) {
            for (var command : List.of(
                    "DEBUG DIGEST",
                    "DBSIZE",
                    "FUNCTION LIST",
                    "FCALL f 0",
                    "XINFO STREAM stream FULL",
                    "XPENDING stream group",
                    "PEXPIRETIME expires",
                    "PFCOUNT hll",
                    "OBJECT ENCODING intset",
                    "OBJECT ENCODING large-list",
                    "OBJECT ENCODING large-zset")) {
                facts.add(command + ": "
                        + text(client.ask(PATIENCE, command.split(" ", -1)).value()));
            }
        }
        return facts;
    }

    private static String text(RespValue value) {
        return switch (value) {
            case RespValue.Bulk(var bytes) -> new String(bytes, StandardCharsets.ISO_8859_1);
            case RespValue.Verbatim(var _, var bytes) -> new String(bytes, StandardCharsets.ISO_8859_1);
            case RespValue.Array(var items) ->
                items.stream().map(DumpInteropTest::text).toList().toString();
            case RespValue.SetReply(var items) ->
                items.stream().map(DumpInteropTest::text).toList().toString();
            case RespValue.MapReply(var entries) ->
                entries.stream()
                        .map(e -> text(e.key()) + "=" + text(e.value()))
                        .toList()
                        .toString();
            default -> value.toString();
        };
    }

    private WasmRedisServer wasm(Optional<byte[]> rdb, String... arguments) throws Exception {
        var options = WasmRedisServer.Options.of(
                WasmRedisOptions.of(7, System.currentTimeMillis() * 1000).withArguments(List.of(arguments)));
        if (rdb.isPresent()) {
            options = options.withDump(new WasmRedisServer.Dump(rdb.get(), Optional.empty()));
        }
        return WasmRedisServer.start(options.withInspection(new UnixEndpoint(inspection())), Tried.COMPILER, List.of());
    }

    private Path inspection() {
        return folder.resolve("inspect.sock");
    }

    private int export(Path source, Path file) {
        return new ExportVerb()
                .run(
                        List.of(source.toString(), file.toString()),
                        new Verb.Terminal(
                                new ByteArrayInputStream(new byte[0]),
                                new PrintStream(out, true),
                                new PrintStream(err, true)));
    }

    @Test
    void nativeRedisLoadsWhatRedisInWasmExports() throws Exception {
        var file = folder.resolve("dump.rdb");
        List<String> facts;
        try (var wasm = wasm(Optional.empty())) {
            fill(wasm);
            facts = facts(wasm);
            assertThat(export(inspection(), file))
                    .as(err.toString(StandardCharsets.UTF_8))
                    .isZero();
        }
        try (var server = NativeRedis.start(directories(), Optional.of(file))) {
            assertThat(facts(server)).containsExactlyElementsOf(facts);
        }
    }

    @Test
    void redisInWasmBeginsWithWhatNativeRedisSaved() throws Exception {
        List<String> facts;
        byte[] rdb;
        try (var server = NativeRedis.start(directories(), Optional.empty())) {
            fill(server);
            facts = facts(server);
            try (var client = client(server)) {
                client.ask(PATIENCE, "SAVE");
            }
            rdb = Files.readAllBytes(directory(server).resolve("dump.rdb"));
        }
        try (var wasm = wasm(Optional.of(rdb))) {
            assertThat(facts(wasm)).containsExactlyElementsOf(facts);
        }
    }

    private static Path directory(NativeRedis server) throws Exception {
        return ((UnixTransport) server.transports().getLast()).path().resolveSibling("");
    }

    private Directories directories() {
        return new Directories(folder, folder, folder, folder.resolve("run"));
    }

    @Test
    void aJournalIsExportedWithoutItsServer() throws Exception {
        var journal = folder.resolve("journal");
        Tried.on(() -> {
            try (var redis = WasmRedis.open(Tried.options().withJournal(journal, Fsync.NO), Tried.COMPILER)) {
                new Tried(redis).call(redis.connect(), "SET", "a", "b");
            }
            return null;
        });
        var file = folder.resolve("dump.rdb");
        assertThat(export(journal, file))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(Files.readAllBytes(file)).startsWith("REDIS0010".getBytes(StandardCharsets.US_ASCII));
        try (var wasm = wasm(Optional.of(Files.readAllBytes(file)));
                var client = client(wasm)) {
            assertThat(text(client.ask(PATIENCE, "GET", "a").value())).isEqualTo("b");
        }
    }

    @Test
    void aFileThatIsNoneIsRefusedWithWhatRedisSays() throws Exception {
        assertThatThrownBy(() -> wasm(Optional.of("this is no dump of Redis".getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(WasmRedisException.class)
                .hasMessageContaining("Wrong signature");
        var text = Files.writeString(folder.resolve("text"), "no journal");
        assertThat(export(text, folder.resolve("x.rdb"))).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is no journal of Wasmscope");
        assertThat(Files.readString(text)).isEqualTo("no journal");
    }
}

package dev.wasmscope.engine.redis.wasm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wasmscope.engine.binary.ModuleReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Redis's own behaviour, seen through the module's interface.
class RedisModuleTest {
    private static final int PAGES = 4096;
    private static RedisOnThread redis;
    private int client;

    @BeforeAll
    static void start() {
        assumeTrue(BuiltModule.present(), BuiltModule::whyNot);
        redis = new RedisOnThread(1, PAGES);
    }

    @AfterAll
    static void end() {
        if (redis != null) {
            redis.close();
        }
    }

    @BeforeEach
    void connect() {
        client = redis.connect();
        redis.send(client, "FLUSHALL");
    }

    @Test
    void nothingIsImported() throws Exception {
        assertThat(ModuleReader.read(RedisModule.load().bytes()).imports()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET k v                                              | GET k                       | $1 v",
                "APPEND k abc                                         | STRLEN k                    | :3",
                "RPUSH k a b c                                        | LRANGE k 0 -1               | *3 $1 a $1 b $1 c",
                "HSET k f v g w                                       | HGET k g                    | $1 w",
                "SADD k a b a                                         | SCARD k                     | :2",
                "ZADD k 1.5 a 2.25 b                                  | ZSCORE k b                  | $4 2.25",
                "XADD k 1-1 f v                                       | XLEN k                      | :1",
                "XGROUP CREATE k g $ MKSTREAM                         | XPENDING k g                | *4 :0 $-1 $-1 *-1",
                "PFADD k a b c                                        | PFCOUNT k                   | :3",
                "GEOADD k 13.361389 38.115556 P 15.087269 37.502669 C | GEODIST k P C km            | $8 166.2742",
                "SETBIT k 7 1                                         | BITCOUNT k                  | :1",
                "RPUSH k 3 1 2                                        | SORT k                      | *3 $1 1 $1 2 $1 3",
                "SET k v PX 100000                                    | PTTL missing                | :-2",
                "INCRBYFLOAT k 0.1                                    | INCRBYFLOAT k 0.2           | $3 0.3",
                "SET k v                                              | OBJECT ENCODING k           | $6 embstr",
                "FUNCTION FLUSH                                       | FCALL nope 0                | -ERR Function not found"
            })
    void commandsAnswerAsInRedis(String first, String second, String reply) {
        assertThat(redis.send(client, first.strip().split(" +"))).doesNotStartWith("-");
        assertThat(redis.send(client, second.strip().split(" +"))
                        .replace("\r\n", " ")
                        .strip())
                .isEqualTo(reply.strip());
    }

    @Test
    void valueOfManyPartsComesBackWhole() {
        var value = "0123456789abcdef".repeat(1 << 16);
        assertThat(redis.send(client, "SET", "k", value)).isEqualTo("+OK\r\n");
        assertThat(redis.send(client, "GET", "k")).isEqualTo("$%d\r\n%s\r\n".formatted(value.length(), value));
    }

    @Test
    void requestMayBeCutAnywhereAndPipelined() {
        var request = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\nGET k\r\n";
        var replies = new StringBuilder();
        request.chars().forEach(c -> replies.append(redis.raw(client, String.valueOf((char) c))));
        assertThat(replies).hasToString("+OK\r\n$1\r\nv\r\n");
        assertThat(redis.raw(client, "INCR n\r\n".repeat(5_000))).endsWith(":4999\r\n:5000\r\n");
    }

    @Test
    void everyClientHasADatabaseANameAndATransactionOfItsOwn() {
        var clients = new ArrayList<Integer>();
        for (int i = 0; i < 300; i++) {
            clients.add(redis.connect());
            redis.send(clients.get(i), "CLIENT", "SETNAME", "c" + i);
            redis.send(clients.get(i), "SELECT", String.valueOf(i % 16));
            redis.send(clients.get(i), "MULTI");
            redis.send(clients.get(i), "INCR", "n");
        }
        assertThat(clients).doesNotHaveDuplicates();
        assertThat(redis.send(clients.get(299), "DISCARD")).isEqualTo("+OK\r\n");
        assertThat(redis.send(clients.get(299), "CLIENT", "GETNAME")).isEqualTo("$4\r\nc299\r\n");
        assertThat(redis.send(clients.get(17), "EXEC")).isEqualTo("*1\r\n:1\r\n");
        assertThat(redis.send(clients.get(33), "EXEC")).isEqualTo("*1\r\n:2\r\n");
        clients.forEach(redis::disconnect);
        assertThat(redis.send(client, "CLIENT", "LIST")).doesNotContain("name=c");
    }

    @Test
    void pushOfAnotherClientWakesTheBlockedOne() {
        int other = redis.connect();
        assertThat(redis.send(other, "BLPOP", "l", "0")).isEmpty();
        assertThat(redis.send(client, "RPUSH", "l", "x")).isEqualTo(":1\r\n");
        assertThat(redis.received(other)).isEqualTo("*2\r\n$1\r\nl\r\n$1\r\nx\r\n");
    }

    @Test
    void blockedClientTimesOutWhenTheClockSaysSo() {
        assertThat(redis.send(client, "BLPOP", "l", "2")).isEmpty();
        redis.pass(Duration.ofSeconds(1));
        assertThat(redis.received(client)).isEmpty();
        redis.pass(Duration.ofMillis(1100));
        assertThat(redis.received(client)).isEqualTo("*-1\r\n");
    }

    @Test
    void nextTimerIsNotLaterThanABlockedClientsTimeOut() {
        redis.send(client, "BLPOP", "l", "0.02");
        long wait = redis.with(it -> it.nextTimer() - it.clock());
        assertThat(wait).isBetween(0L, 21_000L);
        redis.disconnect(client);
    }

    @Test
    void keyExpiresByTheClock() {
        redis.send(client, "SET", "k", "v", "PX", "500");
        redis.pass(Duration.ofMillis(400));
        assertThat(redis.send(client, "GET", "k")).isEqualTo("$1\r\nv\r\n");
        redis.pass(Duration.ofMillis(200));
        assertThat(redis.send(client, "GET", "k")).isEqualTo("$-1\r\n");
    }

    @Test
    void watchedKeyThatAnotherClientChangesEndsTheTransaction() {
        int other = redis.connect();
        redis.send(client, "WATCH", "k");
        redis.send(client, "MULTI");
        redis.send(client, "SET", "k", "mine");
        redis.send(other, "SET", "k", "theirs");
        assertThat(redis.send(client, "EXEC")).isEqualTo("*-1\r\n");
    }

    @Test
    void subscribersGetWhatIsPublished() {
        int resp3 = redis.connect();
        redis.send(resp3, "HELLO", "3");
        redis.send(resp3, "SUBSCRIBE", "news");
        int pattern = redis.connect();
        redis.send(pattern, "PSUBSCRIBE", "n*");
        assertThat(redis.send(client, "PUBLISH", "news", "hi")).isEqualTo(":2\r\n");
        assertThat(redis.received(resp3)).isEqualTo(">3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$2\r\nhi\r\n");
        assertThat(redis.received(pattern)).startsWith("*4\r\n$8\r\npmessage");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return redis.call('SET', KEYS[1], 'v')                 | +OK",
                "error('mine')                                          | -ERR user_script:1: mine",
                "error({err='CUSTOM mine'})                             | -CUSTOM mine",
                "return nil + 1                                         | attempt to perform arithmetic on a nil value",
                "return tostring(pcall(function() error('x') end))      | $5",
                "local function f() return 1 + f() end return f()       | stack overflow",
                "return string.rep('x', -1) ..                          | -ERR Error compiling script",
                "return redis.call('NOPE')                              | -ERR Unknown Redis command called from script",
                "return redis.pcall('INCR', KEYS[1], 'x')               | -ERR Wrong number of args calling Redis command",
                "return tostring(0/0) .. tostring(-(0/0))               | nannan",
                "return cjson.encode({1.5, 'a'})                        | [1.5,\"a\"]",
                "return #cmsgpack.pack({1, 2})                          | :3",
                "local t = {} while true do t[#t + 1] = ('x'):rep(9999) .. #t end | not enough memory",
                "return ('x'):rep(100) :find(('x?'):rep(20) .. 'y')     | $-1"
            })
    void scriptsAnswerTheirResultsAndErrors(String script, String part) {
        assertThat(redis.send(client, "EVAL", script.strip(), "1", "k")).contains(part.strip());
        assertThat(redis.send(client, "PING")).isEqualTo("+PONG\r\n");
    }

    /// Lua ends the program where it has no memory for what Redis itself does before and after a script.
    @Test
    void scriptThatFillsItsMemoryInSmallPiecesEndsNobodyElse() {
        for (int i = 0; i < 2; i++) {
            assertThat(redis.send(client, "EVAL", "local t = {} while true do t = {t} end", "0"))
                    .contains("not enough memory");
        }
        assertThat(redis.send(client, "EVAL", "return #('x'):rep(1e6)", "0")).isEqualTo(":1000000\r\n");
    }

    @Test
    void serverThatIsToldToBeASentinelSaysWhyItDoesNotStart() {
        assertThatThrownBy(() -> new RedisOnThread(1, PAGES, "--sentinel", "yes"))
                .hasMessageContaining("it ends with code 1")
                .hasMessageContaining("Sentinel needs a network");
    }

    @Test
    void functionsAreCalled() {
        assertThat(
                        redis.send(
                                client,
                                "FUNCTION",
                                "LOAD",
                                "REPLACE",
                                "#!lua name=lib\nredis.register_function('twice', function(keys, args) return args[1] * 2 end)"))
                .isEqualTo("$3\r\nlib\r\n");
        assertThat(redis.send(client, "FCALL", "twice", "0", "21")).isEqualTo(":42\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "REPLICAOF localhost 1,no network",
        "MIGRATE h 1 k 0 10,no network",
        "FAILOVER,no network",
        "MODULE LOAD x.so,cannot load native code",
        "SCRIPT DEBUG YES,no processes",
        "CLUSTER INFO,cluster support disabled",
        "DEBUG RESTART,not possible",
        "DEBUG LOADAOF,there is no file",
        "DEBUG CLUSTERLINK,cluster support disabled",
        "CONFIG SET io-threads 4,immutable"
    })
    void whatCannotExistSaysSo(String command, String part) {
        redis.send(client, "SET", "k", "v");
        assertThat(redis.send(client, command.split(" "))).startsWith("-").contains(part);
        assertThat(redis.send(client, "REPLICAOF", "NO", "ONE")).isEqualTo("+OK\r\n");
    }

    @Test
    void savedFileIsLoadedByAnotherInstanceAndAcceptedByRedisItself(@TempDir Path folder) throws Exception {
        redis.send(client, "RPUSH", "l", "a", "b");
        redis.send(client, "SET", "s", "x".repeat(100_000));
        assertThat(redis.send(client, "SAVE")).isEqualTo("+OK\r\n");
        var digest = redis.send(client, "DEBUG", "DIGEST");
        byte[] dump = redis.with(it -> requireNonNull(it.readFile("dump.rdb")));
        assertThat(dump).startsWith("REDIS0010".getBytes(StandardCharsets.US_ASCII));

        redis.send(client, "FLUSHALL");
        assertThat(redis.<Integer>with(it -> it.putFile("dump.rdb", ByteBuffer.wrap(dump))))
                .isZero();
        assertThat(redis.send(client, "DEBUG", "RELOAD", "NOSAVE")).isEqualTo("+OK\r\n");
        assertThat(redis.send(client, "DEBUG", "DIGEST")).isEqualTo(digest);

        var checker = Path.of("/usr/bin/redis-check-rdb");
        if (Files.isExecutable(checker)) {
            var file = Files.write(folder.resolve("dump.rdb"), dump);
            var check = new ProcessBuilder(checker.toString(), file.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(check.inputReader().readAllAsString()).contains("RDB looks OK!");
        }
    }

    @Test
    void replicaElsewhereGetsTheDataAndAllThatFollows() {
        redis.send(client, "SET", "k", "before");
        var replica = redis.connect();
        assertThat(redis.send(replica, "REPLCONF", "capa", "eof", "capa", "psync2"))
                .isEqualTo("+OK\r\n");
        assertThat(redis.send(replica, "PSYNC", "?", "-1")).startsWith("+FULLRESYNC ");
        redis.pass(Duration.ofSeconds(1));
        assertThat(redis.received(replica)).startsWith("$").contains("REDIS0010", "before");
        redis.send(replica, "REPLCONF", "ACK", "0");
        redis.send(client, "SET", "k", "after");
        assertThat(redis.received(replica)).contains("SET\r\n$1\r\nk\r\n$5\r\nafter");
        redis.disconnect(replica);
    }

    @Test
    void backgroundSaveEndsWithATick() {
        redis.send(client, "SET", "k", "v");
        assertThat(redis.send(client, "BGSAVE")).startsWith("+Background saving started");
        redis.pass(Duration.ofSeconds(1));
        assertThat(redis.send(client, "INFO", "persistence"))
                .contains("rdb_bgsave_in_progress:0", "rdb_last_bgsave_status:ok", "rdb_changes_since_last_save:0");
    }

    @Test
    void appendOnlyFileIsKeptInMemoryAndLoadedAgain() {
        assertThat(redis.send(client, "CONFIG", "SET", "appendonly", "yes")).isEqualTo("+OK\r\n");
        redis.pass(Duration.ofSeconds(1));
        redis.send(client, "RPUSH", "l", "a", "b");
        var digest = redis.send(client, "DEBUG", "DIGEST");
        assertThat(redis.send(client, "DEBUG", "LOADAOF")).isEqualTo("+OK\r\n");
        assertThat(redis.send(client, "DEBUG", "DIGEST")).isEqualTo(digest);
        assertThat(redis.send(client, "CONFIG", "SET", "appendonly", "no")).isEqualTo("+OK\r\n");
    }

    @Test
    void garbageIsAnsweredByErrorsAndBoundedMemory() {
        var random = new Random(7);
        long before = redis.with(it -> (long) it.memory().pages());
        var pieces = List.of(
                "*3\r\n",
                "$5\r\n",
                "$-1\r\n",
                "$999999999999\r\n",
                "*99999999\r\n",
                "GET k\r\n",
                "\0\r\n",
                "*1\r\n$67000000\r\n");
        for (int i = 0; i < 2_000; i++) {
            int peer = redis.connect();
            var bytes = new StringBuilder(pieces.get(random.nextInt(pieces.size())));
            for (int n = random.nextInt(40); n > 0; n--) {
                bytes.append((char) random.nextInt(256));
            }
            redis.raw(peer, bytes.toString());
            if (redis.<Boolean>with(it -> it.clients().contains(peer))) {
                redis.disconnect(peer);
            }
        }
        assertThat(redis.send(client, "PING")).isEqualTo("+PONG\r\n");
        assertThat(redis.<Long>with(it -> (long) it.memory().pages())).isLessThan(before + 2048);
    }

    @Test
    void clientsBeyondMaxclientsAreRefused() {
        redis.send(client, "CONFIG", "SET", "maxclients", "1000");
        var taken = new ArrayList<Integer>();
        int next = redis.connect();
        for (; next != 0; next = redis.connect()) {
            assertThat(taken).hasSizeLessThan(1_000);
            taken.add(next);
        }
        redis.disconnect(taken.removeFirst());
        assertThat(redis.connect()).isNotZero();
        taken.forEach(redis::disconnect);
        assertThat(redis.send(client, "CONFIG", "SET", "maxclients", "10000")).isEqualTo("+OK\r\n");
    }

    @Test
    void closedByTheServerIsSaid() {
        assertThat(redis.send(client, "QUIT")).isEqualTo("+OK\r\nCLOSED");
        int other = redis.connect();
        int third = redis.connect();
        var id = Pattern.compile(":(\\d+)").matcher(redis.send(other, "CLIENT", "ID"));
        assertThat(id.find()).isTrue();
        assertThat(id.group(1)).isEqualTo(String.valueOf(other));
        redis.send(third, "CLIENT", "KILL", "ID", id.group(1));
        assertThat(redis.received(other)).isEqualTo("CLOSED");
    }
}

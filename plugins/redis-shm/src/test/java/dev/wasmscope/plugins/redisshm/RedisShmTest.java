package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.EchoTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The module in a real redis-server, asked by the client in C.
class RedisShmTest {
    @TempDir
    static Path directory;

    private static RedisWithModule redis;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisWithModule.start(directory);
    }

    @AfterEach
    void forget() throws Exception {
        assertThat(redis.alive()).isTrue();
        redis.cli("FLUSHALL\n", "--socket");
    }

    @AfterAll
    static void stop() throws Exception {
        redis.close();
    }

    @Test
    void repliesAreThoseOfTheSocket() throws Exception {
        var lines = """
                SET a 1
                INCR a
                GET a
                GET nothing
                LPUSH a x
                RPUSH list 1 2 3
                LRANGE list 0 -1
                HSET hash f v g w
                HGETALL hash
                ZADD zset 1.5 one 2 two
                ZRANGE zset 0 -1 WITHSCORES
                XADD stream 1-1 f v
                XRANGE stream - +
                GEOADD geo 13.361389 38.115556 Palermo
                GEOPOS geo Palermo
                SINTERCARD 1 nix
                OBJECT ENCODING list
                nonsense
                GET
                HELLO 3
                HGETALL hash
                ZSCORE zset one
                SELECT 3
                DBSIZE
                SELECT 99
                EVAL return{1,'a'} 0
                CLIENT GETNAME
                """;
        var socket = redis.cli(lines, "--socket");
        redis.cli("FLUSHALL\n", "--socket");

        assertThat(withoutClientId(redis.cli(lines))).isEqualTo(withoutClientId(socket));
    }

    private static String withoutClientId(String replies) {
        return replies.replaceAll("\\$2\\r\\nid\\r\\n:\\d+", "");
    }

    @Test
    void commandsGoThroughSharedMemoryAndNotThroughTheSocket() throws Exception {
        var client = RedisWithModule.client(redis.address(), "--latency", "--rate", "0", "--samples", "2000000");
        try {
            await(() -> rings(client.pid()) == 1 && rings(redis.pid()) == 1);
            Thread.sleep(200);
            var before = transferred(client.pid());
            var beforeServed = served();
            await(() -> served() > beforeServed + 10_000);
            assertThat(transferred(client.pid()) - before).isZero();
        } finally {
            client.destroyForcibly().waitFor();
        }
    }

    private static long served() throws Exception {
        var stats = redis.cli("INFO commandstats\n", "--socket");
        var found = java.util.regex.Pattern.compile("cmdstat_ping:calls=(\\d+)").matcher(stats);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    @Test
    void ringsOfKilledClientsAreLetGo() throws Exception {
        for (var i = 0; i < 20; i++) {
            var client = RedisWithModule.client(redis.address(), "--latency", "--rate", "0");
            await(() -> rings(client.pid()) == 1);
            Thread.sleep(i);
            client.destroyForcibly().waitFor();
        }
        await(() -> rings(redis.pid()) == 0);
        assertThat(redis.cli("PING\n")).isEqualTo("+PONG\r\n");
    }

    @Test
    void transactionsAreWholeOnOnePath() throws Exception {
        assertThat(redis.cli("MULTI\nSET a 1\nINCR a\nEXEC\n"))
                .isEqualTo("+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n+OK\r\n:2\r\n");
        assertThat(redis.cli("MULTI\nINCR a\nCLIENT GETNAME\nEXEC\nGET a\n"))
                .isEqualTo("+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n:3\r\n$-1\r\n$1\r\n3\r\n");
        assertThat(redis.cli("WATCH a\nMULTI\nINCR a\nEXEC\nMULTI\nINCR a\nDISCARD\nEXEC\n"))
                .isEqualTo("+OK\r\n+OK\r\n+QUEUED\r\n*1\r\n:4\r\n+OK\r\n+QUEUED\r\n+OK\r\n-ERR EXEC without MULTI\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"WAIT 0 1", "PSYNC ? -1", "SYNC", "REPLCONF x y", "SHUTDOWN x", "MONITOR x", "BLPOP a 0.01"})
    void whatTheRingDoesNotTakeDoesNotEndTheServer(String command) throws Exception {
        var client = RedisWithModule.client(redis.address());
        try (var in = client.outputWriter()) {
            in.write(command + "\n");
        }
        client.waitFor(5, java.util.concurrent.TimeUnit.SECONDS);
        client.destroyForcibly().waitFor();
        assertThat(redis.cli("PING\n")).isEqualTo("+PONG\r\n");
    }

    @Test
    void rightsOfTheUserHoldInTheRing() throws Exception {
        redis.cli("ACL SETUSER reader on >secret ~open:* +@read +ping +auth\n", "--socket");
        assertThat(redis.cli("AUTH reader secret\nPING\nGET open:a\nGET shut\nSET open:a 1\n"))
                .contains("+OK\r\n+PONG\r\n$-1\r\n-NOPERM")
                .endsWith("\r\n")
                .containsPattern("NOPERM(.|\\r|\\n)*NOPERM");
        assertThat(redis.cli("AUTH reader wrong\nSET a 1\n"))
                .contains("WRONGPASS")
                .endsWith("+OK\r\n");
    }

    @Test
    void fullMemoryEvictsAsOverTheSocket() throws Exception {
        var lines = new StringBuilder("CONFIG SET maxmemory 3mb\nCONFIG SET maxmemory-policy allkeys-lru\n");
        for (var i = 0; i < 400; i++) {
            lines.append("SET key:%d %s%n".formatted(i, "x".repeat(8000)));
        }
        lines.append("CONFIG SET maxmemory 0\n");
        assertThat(redis.cli(lines.toString())).doesNotContain("OOM");
        assertThat(redis.cli("INFO stats\n")).doesNotContain("evicted_keys:0\r\n");
    }

    @Test
    void theClientSpeaksToOtherServersOfTheProtocol() throws Exception {
        var own = directory.resolve("echo");
        try (var echo = EchoTarget.start(new Directories(own, own, own, own.resolve("run")))) {
            var address = echo.transport("unix").orElseThrow().address();
            assertThat(RedisWithModule.said(address, "PING\nECHO hello\n")).isEqualTo("+PONG\r\n$5\r\nhello\r\n");
            assertThat(RedisWithModule.said(address, "", "--latency", "--rate", "0", "--samples", "1000"))
                    .contains("(1000 samples)")
                    .doesNotContain("over the socket");
        }
    }

    @Test
    void aServerWithoutTheModuleIsReachedOverTheSocketAndWhyIsSaid() throws Exception {
        redis.cli("ACL SETUSER plain on nopass ~* +@all -shm.open\n", "--socket");
        redis.cli("ACL SETUSER default -shm.open\n", "--socket");
        try {
            assertThat(redis.cli("PING\n"))
                    .contains("over the socket, as")
                    .contains("NOPERM")
                    .endsWith("+PONG\r\n");
        } finally {
            redis.cli("ACL SETUSER default +shm.open\n", "--socket");
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        for (var until = System.nanoTime() + 10_000_000_000L; !condition.holds(); ) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(10);
        }
    }

    private static long rings(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/%d/maps".formatted(pid)))) {
            return lines.filter(line -> line.contains("memfd:wasmscope-ring")).count();
        }
    }

    /// Bytes that a process has read and written through the kernel.
    private static long transferred(long pid) throws IOException {
        var all = new ArrayList<Long>();
        try (var lines = Files.lines(Path.of("/proc/%d/io".formatted(pid)))) {
            lines.filter(line -> line.startsWith("rchar") || line.startsWith("wchar"))
                    .forEach(line -> all.add(Long.parseLong(line.substring(line.indexOf(' ') + 1))));
        }
        return all.stream().mapToLong(Long::longValue).sum();
    }

    /// The requests that do so are nobody's: no user's rights are in their way, and none is complained about.
    @Test
    void spinningServerKeepsItsWayWarmWhateverUsersMayDo(@TempDir Path own) throws Exception {
        try (var spinning = RedisWithModule.start(own, "spin")) {
            var client = RedisWithModule.client(spinning.address());
            try (var in = client.outputWriter();
                    var out = client.inputReader()) {
                in.write("PING\n");
                in.flush();
                assertThat(out.readLine()).isEqualTo("+PONG");
                spinning.cli("ACL SETUSER default -echo\n", "--socket");
                var before = echoes(spinning);
                FaultsTest.await(() -> echoes(spinning) > before + 10);
                assertThat(spinning.cli("ACL LOG\n", "--socket")).isEqualTo("*0\r\n");
                assertThat(spinning.cli("ECHO x\n", "--socket")).startsWith("-NOPERM");
            } finally {
                client.destroy();
            }
        }
    }

    private static long echoes(RedisWithModule redis) throws Exception {
        var said = redis.cli("INFO commandstats\n", "--socket");
        var calls = Pattern.compile("cmdstat_echo:calls=(\\d+)").matcher(said);
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }
}

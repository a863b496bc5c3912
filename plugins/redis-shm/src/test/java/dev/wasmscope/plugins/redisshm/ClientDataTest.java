package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.HandshakeStep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/// What is written and read, in whatever sizes and numbers.
@ParameterizedClass(name = "{0} over {1}")
@CsvSource({"native, tcp", "native, unix", "native, shm", "wasm, tcp", "wasm, unix", "wasm, shm"})
class ClientDataTest extends ClientSuite {
    ClientDataTest(String target, String transport) {
        super(target, transport);
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

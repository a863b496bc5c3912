package dev.wasmscope.engine.redis.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.MemoryKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WasmRedisTest {
    @Test
    void whatOneClientSetsAnotherGets() throws Exception {
        Tried.on(() -> {
            try (var redis = WasmRedis.open(Tried.options(), Tried.COMPILER)) {
                var tried = new Tried(redis);
                int one = redis.connect();
                int two = redis.connect();
                assertThat(tried.call(one, "SET", "hello", "world")).isEqualTo("+OK\r\n");
                assertThat(tried.call(two, "GET", "hello")).isEqualTo("$5\r\nworld\r\n");
                assertThat(two).isNotEqualTo(one);
            }
            return null;
        });
    }

    @Test
    void aRequestInPartsIsOneRequest() throws Exception {
        Tried.on(() -> {
            try (var redis = WasmRedis.open(Tried.options(), Tried.COMPILER)) {
                var tried = new Tried(redis);
                int client = redis.connect();
                var large = "x".repeat(200_000);
                assertThat(tried.call(client, "SET", "large", large)).isEqualTo("+OK\r\n");
                assertThat(tried.send(client, "*2\r\n$6\r\nSTR")).isEmpty();
                assertThat(tried.send(client, "LEN\r\n$5\r\nlarge\r\n")).endsWith(":200000\r\n");
            }
            return null;
        });
    }

    @Test
    void equalSeedsAndClocksLeadToEqualMemories() throws Exception {
        assertThat(hashAfterWork(7)).isEqualTo(hashAfterWork(7)).isNotEqualTo(hashAfterWork(8));
    }

    private static String hashAfterWork(long seed) throws Exception {
        return Tried.on(() -> {
            var start = new RedisInstance.Start(List.of(), seed, Tried.START, WasmRedisOptions.USUAL_LIMITS);
            try (var redis = RedisInstance.start(
                    RedisModule.load(), start, MemoryKind.PLAIN, Tried.COMPILER, InitImages.ofUser())) {
                int client = redis.connect();
                redis.handle(
                        client,
                        ByteBuffer.wrap(
                                Tried.command("SADD", "s", "a", "b", "c").getBytes(StandardCharsets.UTF_8)));
                redis.handle(
                        client,
                        ByteBuffer.wrap(Tried.command("SRANDMEMBER", "s").getBytes(StandardCharsets.UTF_8)));
                return redis.hash();
            }
        });
    }

    @Test
    void aScriptThatNeverEndsCostsNothingButItself() throws Exception {
        Tried.on(() -> {
            var limits = WasmRedisOptions.USUAL_LIMITS.withCallTime(Duration.ofMillis(300));
            try (var redis = WasmRedis.open(Tried.options().withLimits(limits), Tried.COMPILER)) {
                var tried = new Tried(redis);
                int one = redis.connect();
                int two = redis.connect();
                tried.call(one, "SET", "before", "1");
                assertThat(tried.call(two, "EVAL", "redis.call('SET', 'during', '1') while true do end", "0"))
                        .isEqualTo("-ERR Redis in Wasm was stopped after 300 ms; this request is undone\r\n");
                assertThat(tried.call(two, "MGET", "before", "during")).isEqualTo("*2\r\n$1\r\n1\r\n$-1\r\n");
                assertThat(tried.call(one, "PING")).isEqualTo("+PONG\r\n");
                assertThat(redis.traps()).isEqualTo(1);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            }
            return null;
        });
    }

    @Test
    void amongSeveralCommandsOnlyTheOneAtFaultIsUndone() throws Exception {
        Tried.on(() -> {
            var limits = WasmRedisOptions.USUAL_LIMITS.withCallTime(Duration.ofMillis(300));
            try (var redis = WasmRedis.open(Tried.options().withLimits(limits), Tried.COMPILER)) {
                var tried = new Tried(redis);
                int client = redis.connect();
                var all = Tried.command("INCR", "n")
                        + Tried.command("EVAL", "while true do end", "0")
                        + Tried.command("INCR", "n");
                assertThat(tried.send(client, all).replaceAll("\\d+:([:-])", "$1"))
                        .matches("(?s):1\r\n-ERR Redis in Wasm was stopped[^\n]*\n:2\r\n");
                assertThat(redis.traps()).isEqualTo(1);
            }
            return null;
        });
    }

    @Test
    void withoutContainmentATrapIsTheEnd() throws Exception {
        Tried.on(() -> {
            var limits = WasmRedisOptions.USUAL_LIMITS.withCallTime(Duration.ofMillis(300));
            try (var redis = WasmRedis.open(Tried.options().withLimits(limits).uncontained(), Tried.COMPILER)) {
                var tried = new Tried(redis);
                int client = redis.connect();
                assertThatThrownBy(() -> tried.call(client, "EVAL", "while true do end", "0"))
                        .isInstanceOf(WasmRedisException.class)
                        .hasMessage("Redis in Wasm has ended. The guest was stopped after 300 ms.");
            }
            return null;
        });
    }

    @Test
    void argumentsThatRedisRefusesAreQuotedWithItsReason() throws Exception {
        Tried.on(() -> {
            var options = Tried.options().withArguments(List.of("--maxmemory", "plenty"));
            assertThatThrownBy(() -> WasmRedis.open(options, Tried.COMPILER))
                    .isInstanceOf(WasmRedisException.class)
                    .hasMessageContaining("[--maxmemory, plenty]")
                    .hasMessageContaining("code 1");
            return null;
        });
    }

    @Test
    void aClientThatIsNotConnectedIsRefused() throws Exception {
        Tried.on(() -> {
            try (var redis = WasmRedis.open(Tried.options(), Tried.COMPILER)) {
                assertThatThrownBy(() -> new Tried(redis).send(12345, "PING\r\n"))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("There is no client 12345.");
            }
            return null;
        });
    }

    @Test
    void theServerSaysThatItStartedNow() throws Exception {
        Tried.on(() -> {
            try (var redis = WasmRedis.open(Tried.options(), Tried.COMPILER)) {
                var tried = new Tried(redis);
                int client = redis.connect();
                redis.clock(Tried.START + 5_000_000);
                redis.tick((_, _, _) -> {});
                assertThat(tried.call(client, "INFO", "server")).contains("uptime_in_seconds:5\r");
            }
            return null;
        });
    }

    @Test
    void filesGoInAndOut() throws Exception {
        Tried.on(() -> {
            byte[] dump;
            try (var redis = WasmRedis.open(Tried.options(), Tried.COMPILER)) {
                var tried = new Tried(redis);
                int client = redis.connect();
                tried.call(client, "SET", "kept", "yes");
                assertThat(redis.files().read("dump.rdb")).isEmpty();
                assertThat(tried.call(client, "SAVE")).isEqualTo("+OK\r\n");
                dump = redis.files().read("dump.rdb").orElseThrow();
                assertThat(new String(dump, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("REDIS");
            }
            try (var redis = WasmRedis.open(Tried.options(), Tried.COMPILER)) {
                var tried = new Tried(redis);
                redis.files().put("dump.rdb", dump);
                int client = redis.connect();
                assertThat(tried.call(client, "DEBUG", "RELOAD", "NOSAVE")).isEqualTo("+OK\r\n");
                assertThat(tried.call(client, "GET", "kept")).isEqualTo("$3\r\nyes\r\n");
            }
            return null;
        });
    }
}

package dev.wasmscope.engine.redis.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wasmscope.engine.transport.TcpEndpoint;
import dev.wasmscope.engine.wasm.Runtimes;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/// The libraries that Java programs use, unchanged, against Redis in Wasm.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientLibrariesTest {
    private static final int PATIENCE_MILLIS = 60_000;

    private WasmRedisServer server;
    private int port;

    @BeforeAll
    void start() throws IOException {
        assumeThat(RedisModule.present()).isTrue();
        var tcp = new TcpEndpoint(0);
        port = tcp.port();
        server = WasmRedisServer.start(
                WasmRedisServer.Options.of(WasmRedisOptions.of(3, System.currentTimeMillis() * 1000)),
                Runtimes.builtIn().getFirst(),
                List.of(tcp));
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void jedisUsesPipelinesTransactionsAndScripts() {
        try (var jedis = new Jedis("127.0.0.1", port, PATIENCE_MILLIS)) {
            assertThat(jedis.ping()).isEqualTo("PONG");
            var pipeline = jedis.pipelined();
            IntStream.range(0, 1000).forEach(i -> pipeline.zadd("scores", i, "member" + i));
            assertThat(pipeline.syncAndReturnAll()).hasSize(1000).containsOnly(1L);
            assertThat(jedis.zrange("scores", 998, 999)).containsExactly("member998", "member999");
            try (var transaction = jedis.multi()) {
                transaction.hset("hash", Map.of("a", "1"));
                transaction.hincrBy("hash", "a", 41);
                assertThat(transaction.exec()).containsExactly(1L, 42L);
            }
            assertThat(jedis.eval("return {KEYS[1], ARGV[1]}", List.of("k"), List.of("v")))
                    .isEqualTo(List.of("k", "v"));
        }
    }

    @Test
    void jedisSeesErrorsAsErrors() {
        try (var jedis = new Jedis("127.0.0.1", port, PATIENCE_MILLIS)) {
            jedis.set("text", "x");
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> jedis.incr("text"))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageContaining("not an integer");
        }
    }

    @Test
    void lettuceUsesItsAsynchronousCallsAndSubscriptions() throws Exception {
        var client = RedisClient.create("redis://127.0.0.1:" + port + "?timeout=60s");
        try (var connection = client.connect();
                var subscribed = client.connectPubSub()) {
            var async = connection.async();
            var all = IntStream.range(0, 1000)
                    .mapToObj(i -> async.incr("counter").toCompletableFuture())
                    .toList();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            assertThat(connection.sync().get("counter")).isEqualTo("1000");
            assertThat(connection.sync().<Long>eval("return 6 * 7", ScriptOutputType.INTEGER))
                    .isEqualTo(42L);

            var message = new CompletableFuture<String>();
            subscribed.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String text) {
                    message.complete(channel + ":" + text);
                }
            });
            subscribed.sync().subscribe("news");
            connection.sync().publish("news", "today");
            assertThat(message.get(60, TimeUnit.SECONDS)).isEqualTo("news:today");
        } finally {
            client.shutdown(0, 10, TimeUnit.SECONDS);
        }
    }
}

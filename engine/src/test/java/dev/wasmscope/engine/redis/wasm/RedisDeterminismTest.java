package dev.wasmscope.engine.redis.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Redis in Wasm is a function of its inputs, and ends them well where the memory does.
class RedisDeterminismTest {
    private static final Pattern BULK = Pattern.compile("\\$\\d+\r\n([^\r]+)");

    @BeforeAll
    static void module() {
        assumeTrue(BuiltModule.present(), BuiltModule::whyNot);
    }

    /// @return what the client saw, and the memory's hash
    private static String run(long seed) {
        try (var redis = new RedisOnThread(seed, 4096)) {
            int client = redis.connect();
            int other = redis.connect();
            var random = new Random(5);
            var seen = new StringBuilder();
            for (int i = 0; i < 300; i++) {
                var key = "k" + random.nextInt(20);
                seen.append(redis.send(client, "ZADD", key, String.valueOf(random.nextInt()), "m" + i));
                seen.append(redis.send(other, "SADD", "set", "e" + i));
                seen.append(redis.send(other, "SRANDMEMBER", "set", "3"));
            }
            seen.append(redis.send(
                    client, "EVAL", "return {0/0 == 0/0, tostring(math.random()), redis.call('TIME')}", "0"));
            seen.append(redis.send(client, "BLPOP", "nothing", "1"));
            redis.pass(Duration.ofSeconds(2));
            seen.append(redis.received(client))
                    .append(redis.send(client, "SAVE"))
                    .append(redis.send(client, "INFO"));
            return seen + redis.memoryHash();
        }
    }

    @Test
    void sameInputsGiveTheSameRepliesAndTheSameMemory() {
        var first = run(1);
        assertThat(run(1)).isEqualTo(first);
        assertThat(run(2)).isNotEqualTo(first);
    }

    /// Where keys lie in their table, and so the order of KEYS, hangs on the hash seed.
    @Test
    void seedDecidesWhereKeysLieAndEveryTableFindsItsEntries() {
        var first = keys(1);
        assertThat(keys(1)).isEqualTo(first);
        assertThat(keys(2)).isNotEqualTo(first).hasSameSizeAs(first);
    }

    private static String keys(long seed) {
        try (var redis = new RedisOnThread(seed, 1024)) {
            int client = redis.connect();
            for (int i = 0; i < 100; i++) {
                redis.send(client, "SET", "key:" + i, "v");
            }
            var commands = BULK.matcher(redis.send(client, "COMMAND", "LIST"))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(commands)
                    .hasSizeGreaterThan(200)
                    .allSatisfy(name -> assertThat(redis.send(client, "COMMAND", "INFO", name))
                            .doesNotContain("*-1"));
            assertThat(redis.send(client, "CLIENT", "GETNAME")).isEqualTo("$-1\r\n");
            assertThat(redis.send(client, "CONFIG", "GET", "proto-max-bulk-len"))
                    .startsWith("*2");
            assertThat(redis.send(client, "ACL", "WHOAMI")).contains("default");
            return redis.send(client, "KEYS", "*");
        }
    }

    @Test
    void fullMemoryIsAnOomReplyAndNoTrap() {
        try (var redis = new RedisOnThread(1, 1024)) {
            fill(redis);
        }
    }

    /// The guest believes in 1 GiB and gets 64 MiB.
    @Test
    void limitOfTheHostsThatTheGuestDoesNotKnowIsAnOomReply() {
        try (var redis = new RedisOnThread(1, 1024, "--wasm-memory", "1073741824")) {
            fill(redis);
        }
    }

    private static void fill(RedisOnThread redis) {
        int client = redis.connect();
        var value = "x".repeat(10_000);
        String reply = "+OK\r\n";
        int stored = 0;
        for (; reply.equals("+OK\r\n"); stored++) {
            assertThat(stored).as("values of 10 kB in 64 MiB").isLessThan(7_000);
            reply = redis.send(client, "SET", "k" + stored, value);
        }
        assertThat(reply).startsWith("-OOM command not allowed");
        assertThat(stored).isGreaterThan(1_000);
        assertThat(redis.send(client, "GET", "k1")).contains(value);
        assertThat(redis.send(client, "DEL", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9"))
                .isEqualTo(":9\r\n");
        for (int i = 100; i < 600; i++) {
            redis.send(client, "DEL", "k" + i);
        }
        assertThat(redis.send(client, "SET", "k", "v")).isEqualTo("+OK\r\n");
    }

    @Test
    void shutdownClosesEverybody() {
        try (var redis = new RedisOnThread(1, 1024)) {
            int client = redis.connect();
            int other = redis.connect();
            assertThat(redis.send(client, "SHUTDOWN", "NOSAVE")).isEqualTo("CLOSED");
            assertThat(redis.received(other)).isEqualTo("CLOSED");
            assertThat(redis.connect()).isZero();
        }
    }
}

package dev.wasmscope.engine.redis.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What Redis lets go on although memory is short meets an error here, not the end of the memory.
class ScarceMemoryTest {
    private static final int PAGES = 1_024;

    @BeforeAll
    static void needsTheModule() {
        assumeTrue(BuiltModule.present(), BuiltModule::whyNot);
    }

    @Test
    void aScriptThatWritesWithoutEndIsToldThatThereIsNoMemory() {
        try (var redis = new RedisOnThread(7, PAGES)) {
            var client = redis.connect();
            var greedy = "while true do redis.call('LPUSH', KEYS[1], string.rep('y', 100000)) end";
            assertThat(redis.send(client, "EVAL", greedy, "1", "list")).startsWith("-OOM command not allowed");
            assertThat(redis.send(client, "LLEN", "list")).startsWith(":");
            assertThat(redis.send(client, "SET", "a", "b")).startsWith("-OOM ");
            assertThat(redis.send(client, "DEL", "list")).isEqualTo(":1\r\n");
            assertThat(redis.send(client, "SET", "a", "b")).isEqualTo("+OK\r\n");
        }
    }

    @Test
    void aTransactionThatTakesTooMuchIsRefusedWhereItWould() {
        try (var redis = new RedisOnThread(7, PAGES)) {
            var client = redis.connect();
            redis.send(client, "MULTI");
            for (int i = 0; i < 40; i++) {
                redis.send(client, "SETRANGE", "key" + i, "4000000", "x");
            }
            assertThat(redis.send(client, "EXEC"))
                    .startsWith("*40\r\n:4000001\r\n")
                    .endsWith("-OOM command not allowed when used memory > 'maxmemory'.\r\n");
        }
    }

    @Test
    void whatComesAfterTheEndOfAClientIsOfNoInterest() throws Exception {
        Tried.on(() -> {
            try (var redis = WasmRedis.open(Tried.options(), Tried.COMPILER)) {
                var tried = new Tried(redis);
                int client = redis.connect();
                // More than one part, and Redis closes the client at the first.
                assertThat(tried.send(client, "x".repeat(200_000))).contains("too big inline request");
                assertThat(tried.call(redis.connect(), "PING")).isEqualTo("+PONG\r\n");
            }
            return null;
        });
    }
}

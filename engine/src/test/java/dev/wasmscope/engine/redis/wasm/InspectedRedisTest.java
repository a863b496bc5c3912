package dev.wasmscope.engine.redis.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.engine.wasm.Sessions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Talking to a Redis in Wasm and looking into it at once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InspectedRedisTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sessions sessions = new Sessions();
    private final WasmServer server = new WasmServer(sessions.runtimes().getFirst());

    @BeforeAll
    void needsTheModule() {
        Assumptions.assumeTrue(server.available(), "SKIPPED: this build has no redis.wasm.");
    }

    @AfterAll
    void close() {
        server.close();
        sessions.close();
    }

    private RedisClient client() throws Exception {
        return RedisClient.connect(server.start().transports().getFirst(), RedisLogin.NONE, _ -> {});
    }

    private static boolean holds(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }

    @Test
    void commandTellsItsTimeItsPagesAndItsBytes() throws Exception {
        try (var client = client()) {
            var redis = server.start();
            var before = redis.work();
            assertThat(client.ask(PATIENCE, "SET", "hello", "wasm-in-sight").value())
                    .isEqualTo(new RespValue.SimpleString("OK"));
            var work = redis.work().since(before);
            assertThat(work.requests()).isEqualTo(1);
            assertThat(work.nanos()).isPositive();
            assertThat(work.pagesWritten()).isBetween(1L, 100L);
            assertThat(work.bytesChanged()).isGreaterThan(13);
            assertThat(redis.status().epoch()).isEqualTo(redis.work().requests());
            var changes = redis.lastChanges(0, 4096).join();
            assertThat(changes.ranges()).anyMatch(range -> holds(range.after(), "wasm-in-sight"));
            assertThat(redis.lastChanges(0, 1).join().ranges()).hasSize(1);
            var range = changes.ranges().getFirst();
            assertThat(redis.read(0, range.address(), range.length()).join().live())
                    .isFalse();
        }
    }

    @Test
    void growthIsToldWhereItHappened() throws Exception {
        try (var client = client()) {
            var redis = server.start();
            var before = redis.work();
            client.ask(PATIENCE, "SETRANGE", "large", "20000000", "x");
            assertThat(redis.work().since(before).pages()).isGreaterThan(100);
            assertThat(redis.status().memoryPages())
                    .containsExactly(redis.work().pages());
        }
    }

    @Test
    void memoryIsSeenWhileAScriptRuns() throws Exception {
        try (var client = client()) {
            var redis = server.start();
            var script = client.send("EVAL", "for i = 1, 20000000 do end return 1", "0");
            while (!(redis.status().phase() instanceof SessionStatus.Phase.Running) && !script.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(redis.read(0, 0x400, 64).join().bytes()).hasSize(64);
            assertThatThrownBy(() -> redis.read(0, 0xffff_ffffL, 2).join())
                    .hasCauseInstanceOf(IndexOutOfBoundsException.class);
            assertThat(script.get().value()).isEqualTo(new RespValue.Int(1));
        }
        assertThatThrownBy(() -> server.start().read(0, 0xffff_ffffL, 2).join())
                .hasCauseInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> server.start().read(1, 0, 2).join())
                .hasCauseInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void whatWouldBreakTheLogIsRefusedWithASentence() throws Exception {
        var redis = server.start();
        assertThat(redis.call(CallRequest.of("redis_tick")).join())
                .isInstanceOfSatisfying(
                        CallOutcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("console"));
        assertThat(redis.undo().join()).isInstanceOf(UndoOutcome.NothingToUndo.class);
        assertThatThrownBy(() -> redis.write(0, 0, new byte[1]).join()).hasCauseInstanceOf(SessionException.class);
        assertThat(redis.info().exports()).anyMatch(export -> export.name().equals("redis_handle"));
    }

    @Test
    void restartBeginsAnewAndTheOldOneIsClosed() throws Exception {
        var old = server.start();
        try (var client = client()) {
            client.ask(PATIENCE, "SET", "gone", "1");
        }
        var fresh = server.restart();
        assertThat(fresh).isNotSameAs(old).isSameAs(server.start());
        assertThat(old.alive()).isFalse();
        assertThat(old.status().phase()).isInstanceOf(SessionStatus.Phase.Closed.class);
        assertThatThrownBy(() -> old.read(0, 0, 1).join()).hasCauseInstanceOf(SessionException.class);
        try (var client = client()) {
            assertThat(client.ask(PATIENCE, "DBSIZE").value()).isEqualTo(new RespValue.Int(0));
        }
    }
}

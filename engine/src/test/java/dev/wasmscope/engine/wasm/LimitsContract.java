package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Time and memory have an end for every guest.
interface LimitsContract extends SessionOpener {
    String LOOPS = """
            (module
              (type $v (func))
              (table $t 1 funcref)
              (elem (i32.const 0) $tail)
              (func (export "br") (loop $l (br $l)))
              (func (export "br_if") (loop $l (br_if $l (i32.const 1))))
              (func (export "br_table") (loop $l (br_table $l $l (i32.const 0))))
              (func $tail (export "tail") (return_call $tail))
              (func (export "tail_indirect") (return_call_indirect $t (type $v) (i32.const 0)))
              (func $ping (export "ping") (return_call $pong))
              (func $pong (return_call $ping)))
            """;

    @Test
    default void endlessCallIsStoppedByItsDeadlineAndByAPerson() {
        var session = open(ARITHMETIC);
        var late = session.call(new CallRequest("spin", List.of(), Optional.of(Duration.ofMillis(50))))
                .join();
        assertThat(late).isInstanceOfSatisfying(CallOutcome.TimedOut.class, timedOut -> {
            assertThat(timedOut.deadline()).isEqualTo(Duration.ofMillis(50));
            assertThat(timedOut.stopped()).isFalse();
        });
        assertThat(session.status().tainted()).isTrue();

        var stopped = session.call(CallRequest.of("spin"));
        while (!(session.status().phase() instanceof SessionStatus.Phase.Running)) {
            Thread.onSpinWait();
        }
        assertThat(session.read(0, 0, 4).join().live()).isTrue();
        assertThatThrownBy(() -> session.write(0, 0, new byte[1]).join()).hasCauseInstanceOf(SessionException.class);
        session.stop();
        assertThat(stopped.join())
                .isInstanceOfSatisfying(
                        CallOutcome.TimedOut.class, t -> assertThat(t.stopped()).isTrue());
        assertThat(SessionOpener.call(session, "divide", Value.i32(7), Value.i32(2)))
                .isInstanceOf(CallOutcome.Returned.class);
    }

    @Test
    default void deadlineEndsEveryFormOfLoop() {
        var session = open(LOOPS);
        for (var loop : List.of("br", "br_if", "br_table", "tail", "tail_indirect", "ping")) {
            var outcome = session.call(new CallRequest(loop, List.of(), Optional.of(Duration.ofMillis(40))))
                    .join();
            assertThat(outcome).as(loop).isInstanceOf(CallOutcome.TimedOut.class);
        }
    }

    @Test
    default void deadlineEndsAnEndlessStartFunction() {
        var limits = Limits.DEFAULT.withCallTime(Duration.ofMillis(50));
        var module = Wat.module("(module (func $s (loop $l (br_if $l (i32.const 1)))) (start $s))");
        assertThatThrownBy(() -> open(request(module, MemoryKind.TRACKED, limits)))
                .hasCauseInstanceOf(SessionException.class)
                .hasMessageContaining("start function")
                .cause()
                .extracting(e -> ((SessionException) e).outcome().orElseThrow())
                .isInstanceOf(CallOutcome.TimedOut.class);
    }

    @Test
    default void memoryThatAsksForEverythingIsRefusedWithASentence() {
        assertThatThrownBy(() -> open("(module (memory 65536))"))
                .hasCauseInstanceOf(SessionException.class)
                .hasMessageContaining("65,536 pages")
                .hasMessageContaining("4,096 pages");
        var wide = new Limits(Duration.ofSeconds(5), 32_767, 100);
        var most = Runtime.getRuntime().maxMemory() >> 16;
        var module = Wat.module("(module (memory %d))".formatted(Math.min(32_767, most)));
        assertThatThrownBy(() -> open(request(module, MemoryKind.PLAIN, wide))).hasMessageContaining("-Xmx");
    }

    @Test
    default void guestThatGrowsUntilItIsRefusedLivesOn() {
        var session = open("""
                (module (memory 0)
                  (func (export "greedy") (result i32)
                    (loop $l (br_if $l (i32.ne (memory.grow (i32.const 512)) (i32.const -1))))
                    (memory.size)))
                """);
        assertThat(((CallOutcome.Returned) SessionOpener.call(session, "greedy"))
                        .results()
                        .getFirst()
                        .asI32())
                .isPositive()
                .isLessThanOrEqualTo(4096);
    }
}

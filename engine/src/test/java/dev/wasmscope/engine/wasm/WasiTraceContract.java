package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.WasiCall;
import dev.wasmscope.engine.wasi.WasiText;
import dev.wasmscope.engine.wasi.WasiTraceRing;
import java.util.List;
import org.junit.jupiter.api.Test;

/// WASI calls are written down while that is wished, wherever the guest runs.
interface WasiTraceContract extends SessionOpener {
    String CHATTY = """
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 16) "hello\\n")
              (data (i32.const 32) "\\10\\00\\00\\00\\06\\00\\00\\00")
              (func (export "_initialize") (drop (call $yield)))
              (func (export "write") (param i32 i32 i32 i32) (result i32)
                (call $write (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
              (func (export "yield") (param i32)
                (loop $l
                  (drop (call $yield))
                  (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
              (func (export "exit") (param i32) (call $exit (local.get 0))))
            """;

    private Session traced() {
        return open(
                request(Wat.module(CHATTY), MemoryKind.TRACKED, Limits.DEFAULT).withTrace(true));
    }

    private static List<String> told(Session session, long from) {
        return session.wasiCalls(from).calls().stream()
                .map(call -> "%d %s(%s) %s %d"
                        .formatted(
                                call.number(),
                                call.function(),
                                WasiText.arguments(call),
                                WasiText.outcome(call.outcome()),
                                call.moved()))
                .toList();
    }

    @Test
    default void callsAreTracedFromTheFirstOn() {
        var session = traced();
        SessionOpener.call(session, "write", Value.i32(1), Value.i32(32), Value.i32(1), Value.i32(64));
        assertThat(told(session, 1))
                .containsExactly(
                        "1 sched_yield() ok 0",
                        "2 fd_write(fd=1 (stdout), iovs=[0x10 \"hello\\n\"], nwritten=0x40 → 6) ok 6");
        assertThat(session.wasiCalls(2).calls()).allSatisfy(call -> {
            assertThat(call.nanos()).isPositive();
            assertThat(call.at()).isPositive();
        });
    }

    @Test
    default void errnoAndExitAreTold() {
        var session = traced();
        SessionOpener.call(session, "write", Value.i32(9), Value.i32(32), Value.i32(1), Value.i32(64));
        SessionOpener.call(session, "exit", Value.i32(7));
        assertThat(told(session, 2))
                .containsExactly(
                        "2 fd_write(fd=9, iovs=[0x10 \"hello\\n\"], nwritten=0x40) EBADF (8) 0",
                        "3 proc_exit(code=7) exit 7 0");
    }

    @Test
    default void pointersOutsideTheMemoryAreToldAsSuch() {
        var session = traced();
        for (var pointers : List.of(
                List.of(65_533, 1, 64),
                List.of(-1, 1, 64),
                List.of(32, 1, 65_534),
                List.of(0, -1, 64),
                List.of(32, 0x2000_0001, -4))) {
            var outcome = SessionOpener.call(
                    session,
                    "write",
                    Value.i32(1),
                    Value.i32(pointers.get(0)),
                    Value.i32(pointers.get(1)),
                    Value.i32(pointers.get(2)));
            assertThat(outcome).isNotInstanceOf(CallOutcome.Rejected.class);
        }
        assertThat(session.wasiCalls(2).calls())
                .hasSize(5)
                .extracting(WasiText::arguments)
                .satisfies(texts -> {
                    assertThat(texts.get(0)).contains("iovs=0xfffd+8 outside memory");
                    assertThat(texts.get(1)).contains("iovs=0xffffffff+8 outside memory");
                    assertThat(texts.get(2)).contains("nwritten=0xfffe+4 outside memory");
                    assertThat(texts.get(3)).contains("outside memory");
                    assertThat(texts.get(4)).contains("nwritten=0xfffffffc+4 outside memory");
                });
    }

    @Test
    default void nothingIsTracedUntilItIsSwitchedOn() {
        var session = open(CHATTY);
        SessionOpener.call(session, "yield", Value.i32(3));
        assertThat(session.wasiCalls(1).calls()).isEmpty();
        session.traceWasi(true);
        SessionOpener.call(session, "yield", Value.i32(2));
        session.traceWasi(false);
        SessionOpener.call(session, "yield", Value.i32(5));
        assertThat(session.wasiCalls(1).calls()).extracting(WasiCall::number).containsExactly(1L, 2L);
        assertThat(session.wasiCalls(2).calls()).hasSize(1);
        assertThat(session.wasiCalls(3).calls()).isEmpty();
        assertThat(session.wasiCalls(900).next()).isEqualTo(3);
        assertThatThrownBy(() -> session.wasiCalls(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    default void ofManyCallsTheLastAreKept() {
        var session = open(CHATTY);
        session.traceWasi(true);
        SessionOpener.call(session, "yield", Value.i32(WasiTraceRing.CAPACITY + 5));
        var kept = session.wasiCalls(1);
        assertThat(kept.from()).isEqualTo(6);
        assertThat(kept.calls()).hasSize(WasiTraceRing.CAPACITY);
        assertThat(kept.calls().getLast().number()).isEqualTo(WasiTraceRing.CAPACITY + 5L);
    }

    @Test
    default void callsAreSeenWhileTheGuestRuns() {
        var session = traced();
        var running = session.call(CallRequest.of("yield", Value.i32(0)));
        while (session.wasiCalls(1).next() < 100) {
            Thread.onSpinWait();
        }
        session.stop();
        assertThat(running.join()).isInstanceOf(CallOutcome.TimedOut.class);
    }
}

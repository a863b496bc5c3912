package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.engine.spi.WasiGrants;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How the window looks at an instance of a host.
class HostedSessionTest extends HostingTest {
    @Test
    void sessionReadsMemoryAndTakesTurnsWithTheHost() throws Exception {
        try (var guest = host(COUNTER)) {
            guest.call(CallRequest.of("count"));
            var session = guest.session();
            assertThat(session).isSameAs(guest.session());
            assertThat(session.call(CallRequest.of("count")).join()).isInstanceOf(CallOutcome.Returned.class);
            var copy = session.read(0, 16, 4).join();
            assertThat(copy.bytes()).containsExactly(2, 0, 0, 0);
            assertThat(copy.live()).isFalse();
            assertThat(session.status().epoch()).isEqualTo(2);
            assertThat(session.status().memoryPages()).containsExactly(1);
            assertThat(session.info().module()).isEqualTo("test");
            assertThatThrownBy(() -> session.read(0, 65_535, 4).join())
                    .hasCauseInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> session.read(1, 0, 4).join()).hasCauseInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void sessionReadsLiveBytesWhileAHostFunctionWaitsAndStopsTheCallAfterIt() throws Exception {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var waiting = Host.of("wait", NOTHING, (memory, _) -> {
            memory.write(8, new byte[] {9});
            entered.countDown();
            try {
                assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException("the host was interrupted", e);
            }
            return List.of();
        });
        try (var guest = host("""
                (module (import "host" "wait" (func $wait)) (memory (export "memory") 1)
                  (func (export "run") (call $wait) (loop $l (br $l))))
                """, waiting)) {
            var outcome = CompletableFuture.supplyAsync(() -> guest.call(CallRequest.of("run")));
            assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
            var session = guest.session();
            assertThat(session.status().phase())
                    .isInstanceOfSatisfying(
                            SessionStatus.Phase.Running.class,
                            running -> assertThat(running.export()).isEqualTo("run"));
            var copy = session.read(0, 8, 1).join();
            assertThat(copy.bytes()).containsExactly(9);
            assertThat(copy.live()).isTrue();
            assertThatThrownBy(() -> session.write(0, 0, new byte[1]).join())
                    .hasCauseInstanceOf(SessionException.class);
            session.stop();
            go.countDown();
            assertThat(outcome.get(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            CallOutcome.TimedOut.class,
                            late -> assertThat(late.stopped()).isTrue());
        }
    }

    @Test
    void trackedInstanceTellsWhatACallChangedAndTakesItBack() throws Exception {
        var request = HostingRequest.of(Wat.module(COUNTER), "test").withMemory(MemoryKind.TRACKED);
        try (var guest = engine.host(request)) {
            guest.call(CallRequest.of("count"));
            var session = guest.session();
            assertThat(session.lastChanges(0, 10).join().ranges())
                    .singleElement()
                    .satisfies(range -> assertThat(range.address()).isEqualTo(16));
            assertThat(session.write(0, 100, new byte[] {1}).join()).hasSize(1);
            assertThat(session.undo().join()).isInstanceOf(UndoOutcome.Undone.class);
            assertThat(session.undo().join()).isInstanceOf(UndoOutcome.Undone.class);
            assertThat(guest.memory().read(16, 1)).containsExactly(0);
        }
    }

    @Test
    void sessionShowsOutputAndTracesWasi() throws Exception {
        var module = Wat.module("""
                (module
                  (import "wasi_snapshot_preview1" "fd_write" (func $w (param i32 i32 i32 i32) (result i32)))
                  (memory (export "memory") 1) (data (i32.const 32) "hi\\n")
                  (func (export "say")
                    (i32.store (i32.const 0) (i32.const 32)) (i32.store (i32.const 4) (i32.const 3))
                    (drop (call $w (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
                """);
        try (var guest = engine.host(HostingRequest.of(module, "test").withWasi(WasiGrants.NONE))) {
            var session = guest.session();
            session.traceWasi(true);
            guest.call(CallRequest.of("say"));
            assertThat(session.output(OutputStreamName.STDOUT, 0).bytes())
                    .asString()
                    .isEqualTo("hi\n");
            assertThat(session.wasiCalls(1).calls()).hasSize(1);
        }
    }

    @Test
    void closingTheLookLeavesTheInstanceAndClosingTheInstanceEndsTheLook() throws Exception {
        var guest = host(COUNTER);
        var first = guest.session();
        first.close();
        assertThatThrownBy(() -> first.globals().join()).isInstanceOf(CompletionException.class);
        assertThat(guest.call(CallRequest.of("count"))).isInstanceOf(CallOutcome.Returned.class);
        var second = guest.session();
        assertThat(second).isNotSameAs(first);
        guest.close();
        assertThat(second.status().phase()).isInstanceOf(SessionStatus.Phase.Closed.class);
        assertThatThrownBy(() -> second.read(0, 0, 1).join()).hasCauseInstanceOf(SessionException.class);
        assertThat(guest.call(CallRequest.of("count"))).isInstanceOf(CallOutcome.Rejected.class);
    }

    @Test
    void closingWhileACallRunsEndsIt() throws Exception {
        var guest = host(COUNTER);
        var outcome = CompletableFuture.supplyAsync(() -> guest.call(CallRequest.of("loop")));
        while (guest.session().status().phase() instanceof SessionStatus.Phase.Idle && !outcome.isDone()) {
            Thread.onSpinWait();
        }
        guest.close();
        assertThat(outcome.get(60, TimeUnit.SECONDS))
                .isInstanceOfAny(CallOutcome.TimedOut.class, CallOutcome.Rejected.class);
    }
}

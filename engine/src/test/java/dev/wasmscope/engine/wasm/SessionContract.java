package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.spi.WasmFrame;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every session does, wherever it lives and whatever runs it.
abstract class SessionContract {
    private final String runtime;
    private final Placement placement;
    private final Sessions sessions = new Sessions();

    SessionContract(String runtime, Placement placement) {
        this.runtime = runtime;
        this.placement = placement;
    }

    @AfterEach
    void closeSessions() {
        sessions.close();
    }

    private SessionRequest request(ModuleSource module, MemoryKind kind, Limits limits) {
        return new SessionRequest(
                module, runtime, placement, kind, limits, Optional.of(WasiGrants.NONE), Map.of(), false);
    }

    private Session open(String wat) {
        return sessions.open(request(Wat.module(wat), MemoryKind.TRACKED, Limits.DEFAULT))
                .join();
    }

    private static CallOutcome call(Session session, String export, Value... arguments) {
        return session.call(CallRequest.of(export, arguments)).join();
    }

    private static final String ARITHMETIC = """
            (module
              (memory (export "memory") 1 3)
              (global $count (export "count") (mut i32) (i32.const 7))
              (table $t (export "table") 2 4 funcref)
              (func $divide (export "divide") (param i32 i32) (result i32)
                (i32.div_s (local.get 0) (local.get 1)))
              (func $outer (export "outer") (param i32) (result i32)
                (i32.add (i32.const 1) (call $divide (local.get 0) (i32.const 0))))
              (func (export "store") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
              (func (export "mixed") (param i32 i64 f32 f64) (result f64 f32 i64 i32)
                (local.get 3) (local.get 2) (local.get 1) (local.get 0))
              (func (export "count_up") (result i32)
                (global.set $count (i32.add (global.get $count) (i32.const 1)))
                (global.get $count))
              (func (export "grow") (param i32) (result i32)
                (memory.grow (local.get 0)))
              (func (export "fill") (param i32 i32 i32)
                (memory.fill (local.get 0) (local.get 1) (local.get 2)))
              (func (export "put") (table.set $t (i32.const 1) (ref.func $divide)))
              (func (export "is_put") (result i32) (ref.is_null (table.get $t (i32.const 1))))
              (elem declare func $divide)
              (func (export "spin") (loop $l (br $l)))
              (func (export "trap_after_store")
                (i32.store (i32.const 16) (i32.const -1))
                unreachable))
            """;

    @Test
    void callReturnsAllResults() {
        var outcome = call(open(ARITHMETIC), "mixed", Value.i32(-1), Value.i64(-2), Value.f32(1.5f), Value.f64(-0.0));
        assertThat(((CallOutcome.Returned) outcome).results())
                .containsExactly(Value.f64(-0.0), Value.f32(1.5f), Value.i64(-2), Value.i32(-1));
        assertThat(outcome.elapsed()).isPositive();
    }

    @Test
    void trapNamesTheReasonAndTheFunctions() {
        var outcome = (CallOutcome.Trapped) call(open(ARITHMETIC), "outer", Value.i32(1));
        assertThat(outcome.reason()).isEqualTo("integer divide by zero");
        assertThat(outcome.backtrace()).extracting(WasmFrame::name).containsExactly("divide", "outer");
        assertThat(outcome.backtrace()).extracting(WasmFrame::function).containsExactly(0, 1);
    }

    @Test
    void callOfUnknownExportNamesTheNearestOne() {
        assertThat(call(open(ARITHMETIC), "divde"))
                .isEqualTo(new CallOutcome.Rejected(
                        "The module exports no function \"divde\". The nearest is \"divide\"."));
    }

    @Test
    void callWithTooFewOrWrongArgumentsIsRejected() {
        var session = open(ARITHMETIC);
        assertThat(call(session, "divide", Value.i32(1)))
                .isEqualTo(new CallOutcome.Rejected("divide(i32 i32) → i32 takes 2 arguments, and 1 was given."));
        assertThat(call(session, "divide", Value.i32(1), Value.i64(1)))
                .isEqualTo(new CallOutcome.Rejected("Argument 2 of divide is i32, and i64 was given."));
        assertThat(call(session, "memory"))
                .isEqualTo(
                        new CallOutcome.Rejected("The export \"memory\" is a memory; only functions can be called."));
        assertThat(session.status().epoch()).isZero();
        assertThat(session.status().undoSteps()).isZero();
    }

    @Test
    void changedBytesAreListedAndUndone() {
        var session = open(ARITHMETIC);
        call(session, "store", Value.i32(0xffe), Value.i32(0x0403_0201));
        var changes = session.lastChanges(0, 10).join();
        assertThat(changes.total()).isEqualTo(1);
        assertThat(changes.bytes()).isEqualTo(4);
        assertThat(changes.ranges().getFirst().address()).isEqualTo(0xffe);
        assertThat(changes.ranges().getFirst().before()).containsExactly(0, 0, 0, 0);
        assertThat(changes.ranges().getFirst().after()).containsExactly(1, 2, 3, 4);

        assertThat(session.undo().join()).isEqualTo(new UndoOutcome.Undone("call of store"));
        assertThat(session.read(0, 0xffe, 4).join().bytes()).containsExactly(0, 0, 0, 0);
        var undone = session.lastChanges(0, 10).join();
        assertThat(undone.ranges().getFirst().before()).containsExactly(1, 2, 3, 4);
        assertThat(session.status().epoch()).isEqualTo(2);
        assertThat(session.undo().join()).isInstanceOf(UndoOutcome.NothingToUndo.class);
    }

    @Test
    void undoTakesBackGlobalsTablesAndGrowth() {
        var session = open(ARITHMETIC);
        call(session, "count_up");
        call(session, "put");
        call(session, "grow", Value.i32(2));
        call(session, "fill", Value.i32(65_000), Value.i32(5), Value.i32(100_000));
        assertThat(session.status().memoryPages()).containsExactly(3);
        assertThat(session.status().undoSteps()).isEqualTo(4);
        assertThat(session.lastChanges(0, 10).join().bytes()).isEqualTo(100_000);

        session.undo().join();
        session.undo().join();
        assertThat(session.status().memoryPages()).containsExactly(1);
        session.undo().join();
        assertThat(call(session, "is_put")).extracting("results").asString().contains("1");
        session.undo().join();
        session.undo().join();
        assertThat(session.globals().join().getFirst().value()).isEqualTo(Value.i32(7));
        call(session, "grow", Value.i32(2));
        assertThat(session.read(0, 65_536, 131_072).join().bytes()).containsOnly(0);
    }

    @Test
    void trapTaintsAndUndoClearsIt() {
        var session = open(ARITHMETIC);
        assertThat(call(session, "trap_after_store")).extracting("reason").isEqualTo("unreachable");
        assertThat(session.status().tainted()).isTrue();
        assertThat(session.read(0, 16, 1).join().bytes()).containsExactly(-1);
        session.undo().join();
        assertThat(session.status().tainted()).isFalse();
        assertThat(session.read(0, 16, 1).join().bytes()).containsExactly(0);
    }

    @Test
    void writtenBytesAreAStepThatCanBeUndone() {
        var session = open(ARITHMETIC);
        var ranges = session.write(0, 0x400, new byte[] {1, 0, 2}).join();
        assertThat(ranges).hasSize(2);
        session.undo().join();
        assertThat(session.read(0, 0x400, 3).join().bytes()).containsOnly(0);
    }

    @Test
    void rangeOutsideMemoryFailsWithTheLimit() {
        var session = open(ARITHMETIC);
        assertThatThrownBy(() -> session.read(0, 65_535, 2).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("0x10000");
        assertThatThrownBy(() -> session.write(0, -1, new byte[1]).join())
                .hasCauseInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> session.read(1, 0, 1).join()).hasCauseInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void endlessCallIsStoppedByItsDeadlineAndByAPerson() {
        var session = open(ARITHMETIC);
        var late = session.call(new CallRequest("spin", java.util.List.of(), Optional.of(Duration.ofMillis(50))))
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
        assertThat(call(session, "divide", Value.i32(7), Value.i32(2))).isInstanceOf(CallOutcome.Returned.class);
    }

    @Test
    void closedSessionAnswersWithASentence() {
        var session = open(ARITHMETIC);
        session.close();
        assertThatThrownBy(() -> call(session, "count_up"))
                .hasCauseInstanceOf(SessionException.class)
                .hasMessageContaining("was closed");
        assertThat(session.status().phase()).isInstanceOf(SessionStatus.Phase.Closed.class);
    }
}

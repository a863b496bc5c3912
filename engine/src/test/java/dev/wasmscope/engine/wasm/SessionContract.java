package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.ValueType;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.spi.WasmFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What every session does, wherever it lives and whatever runs it. One [Sessions] serves a class, so that a child is
/// started once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SessionContract {
    private final String runtime;
    private final Placement placement;
    private final Sessions sessions = new Sessions();
    private final List<Session> opened = new ArrayList<>();

    SessionContract(String runtime, Placement placement) {
        this.runtime = runtime;
        this.placement = placement;
    }

    @AfterEach
    void closeSession() {
        opened.forEach(Session::close);
        opened.clear();
    }

    @AfterAll
    void closeSessions() {
        sessions.close();
    }

    private SessionRequest request(ModuleSource module, MemoryKind kind, Limits limits) {
        return new SessionRequest(
                module, runtime, placement, kind, limits, Optional.of(WasiGrants.NONE), Map.of(), false);
    }

    private Session open(String wat) {
        return open(request(Wat.module(wat), MemoryKind.TRACKED, Limits.DEFAULT));
    }

    private Session open(SessionRequest request) {
        var session = sessions.open(request).join();
        opened.add(session);
        return session;
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
        var code = Wat.module(ARITHMETIC).bytes();
        assertThat(code[(int) outcome.offset().orElseThrow()]).as("i32.div_s").isEqualTo((byte) 0x6d);
        assertThat(outcome.offset()).isEqualTo(outcome.backtrace().getFirst().offset());
    }

    @Test
    void callOfUnknownExportNamesTheNearestOne() {
        assertThat(call(open(ARITHMETIC), "divde"))
                .isEqualTo(new CallOutcome.Rejected("The module exports no function \"divde\". Did you mean divide?"));
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

    private static final String TRAPS = """
            (module
              (memory 1)
              (table $t 2 funcref)
              (type $none (func))
              (type $one (func (param i32)))
              (func $f (param i32))
              (elem (i32.const 0) $f)
              (func (export "load") (param i32) (result i64) (i64.load offset=4 (local.get 0)))
              (func (export "overflow") (result i32) (i32.div_s (i32.const 0x80000000) (i32.const -1)))
              (func (export "convert") (result i32) (i32.trunc_f32_s (f32.const nan)))
              (func (export "type") (call_indirect $t (type $none) (i32.const 0)))
              (func (export "empty") (call_indirect $t (type $none) (i32.const 1)))
              (func (export "outside") (call_indirect $t (type $none) (i32.const 9)))
              (func $deep (export "deep") (param i32) (call $deep (i32.add (local.get 0) (i32.const 1))))
              (func (export "copy") (memory.copy (i32.const 65530) (i32.const 0) (i32.const 7)))
              (func (export "init") (memory.init 0 (i32.const 0) (i32.const 1) (i32.const 2)))
              (func (export "drop_init") (data.drop 0) (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 1)))
              (data "ab"))
            """;

    @Test
    void everyTrapHasTheWordsOfTheSpecification() {
        var session = open(TRAPS);
        assertThat(reason(session, "load", Value.i32(65_525))).isEqualTo("out of bounds memory access");
        assertThat(reason(session, "overflow")).isEqualTo("integer overflow");
        assertThat(reason(session, "convert")).isEqualTo("invalid conversion to integer");
        assertThat(reason(session, "type")).isEqualTo("indirect call type mismatch");
        assertThat(reason(session, "empty")).startsWith("uninitialized element");
        assertThat(reason(session, "outside")).startsWith("undefined element");
        assertThat(reason(session, "deep", Value.i32(0))).isEqualTo("call stack exhausted");
        assertThat(reason(session, "copy")).isEqualTo("out of bounds memory access");
        assertThat(reason(session, "init")).isEqualTo("out of bounds memory access");
        assertThat(reason(session, "drop_init")).isEqualTo("out of bounds memory access");
        session.undo().join();
        assertThat(reason(session, "drop_init")).isEqualTo("out of bounds memory access");
    }

    private static String reason(Session session, String export, Value... arguments) {
        return ((CallOutcome.Trapped) call(session, export, arguments)).reason();
    }

    @Test
    void outOfBoundsAccessTellsItsAddress() {
        var outcome = (CallOutcome.Trapped) call(open(TRAPS), "load", Value.i32(65_530));
        assertThat(outcome.address()).hasValue(65_534);
        assertThat(outcome.offset()).isPresent();
    }

    private static final String LOOPS = """
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
    void deadlineEndsEveryFormOfLoop() {
        var session = open(LOOPS);
        for (var loop : List.of("br", "br_if", "br_table", "tail", "tail_indirect", "ping")) {
            var outcome = session.call(new CallRequest(loop, List.of(), Optional.of(Duration.ofMillis(40))))
                    .join();
            assertThat(outcome).as(loop).isInstanceOf(CallOutcome.TimedOut.class);
        }
    }

    @Test
    void deadlineEndsAnEndlessStartFunction() {
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
    void trapInAStartFunctionIsToldAsSuch() {
        assertThatThrownBy(() -> open("(module (func $s unreachable) (start $s))"))
                .hasMessageContaining("trapped while it was instantiated: unreachable");
    }

    @Test
    void reactorIsInitializedWhenItIsOpened() {
        var session = open("""
                (module (global $g (mut i32) (i32.const 0))
                  (func (export "_initialize") (global.set $g (i32.const 9)))
                  (func (export "get") (result i32) (global.get $g)))
                """);
        assertThat(((CallOutcome.Returned) call(session, "get")).results()).containsExactly(Value.i32(9));
    }

    @Test
    void unmetImportsAreNamed() {
        var wat = "(module (import \"env\" \"log\" (func (param i32))) (import \"env\" \"mem\" (memory 1)))";
        assertThatThrownBy(() -> open(wat))
                .hasMessageContaining("function env.log (i32)")
                .hasMessageContaining("memory env.mem");
    }

    @Test
    void stubbedImportTrapsByNameWhenItIsCalled() {
        var module = Wat.module("""
                (module (import "env" "log" (func $log (param i32)))
                  (func (export "call_log") (call $log (i32.const 1)))
                  (func (export "other") (result i32) (i32.const 3)))
                """);
        var session = open(new SessionRequest(
                module, runtime, placement, MemoryKind.TRACKED, Limits.DEFAULT, Optional.empty(), Map.of(), true));
        assertThat(call(session, "other")).isInstanceOf(CallOutcome.Returned.class);
        assertThat(reason(session, "call_log")).isEqualTo("the unmet import env.log was called");
    }

    @Test
    void memoryThatAsksForEverythingIsRefusedWithASentence() {
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
    void guestThatGrowsUntilItIsRefusedLivesOn() {
        var session = open("""
                (module (memory 0)
                  (func (export "greedy") (result i32)
                    (loop $l (br_if $l (i32.ne (memory.grow (i32.const 64)) (i32.const -1))))
                    (memory.size)))
                """);
        assertThat(((CallOutcome.Returned) call(session, "greedy"))
                        .results()
                        .getFirst()
                        .asI32())
                .isPositive()
                .isLessThanOrEqualTo(4096);
    }

    private static final String PROVIDER = """
            (module
              (memory (export "memory") 1)
              (global (export "count") (mut i32) (i32.const 1))
              (table (export "table") 1 funcref)
              (func $boom (export "boom") unreachable)
              (func (export "double") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2))))
            """;
    private static final String CONSUMER = """
            (module
              (import "p" "memory" (memory 1))
              (import "p" "count" (global $count (mut i32)))
              (import "p" "double" (func $double (param i32) (result i32)))
              (import "p" "boom" (func $boom))
              (import "p" "table" (table 1 funcref))
              (data (i32.const 8) "seen")
              (func (export "work") (param i32) (result i32)
                (global.set $count (call $double (local.get 0)))
                (i32.store (i32.const 0) (global.get $count))
                (global.get $count))
              (func (export "fail") (call $boom)))
            """;

    private Session openLinked(String wat, String name, Session link) {
        return open(new SessionRequest(
                Wat.module("consumer.wasm", wat),
                runtime,
                placement,
                MemoryKind.TRACKED,
                Limits.DEFAULT,
                Optional.empty(),
                Map.of(name, link),
                false));
    }

    @Test
    void linkedSessionsShareMemoryGlobalsAndFunctions() {
        var provider = open(PROVIDER);
        var consumer = openLinked(CONSUMER, "p", provider);
        assertThat(provider.read(0, 8, 4).join().bytes()).containsExactly('s', 'e', 'e', 'n');
        call(consumer, "work", Value.i32(21));
        assertThat(provider.read(0, 0, 4).join().bytes()).containsExactly(42, 0, 0, 0);
        assertThat(provider.globals().join().getFirst().value()).isEqualTo(Value.i32(42));

        assertThat(provider.undo().join())
                .isInstanceOfSatisfying(
                        UndoOutcome.NothingToUndo.class,
                        why -> assertThat(why.reason()).contains("linked session"));
        assertThat(consumer.undo().join()).isInstanceOf(UndoOutcome.Undone.class);
        assertThat(provider.read(0, 0, 4).join().bytes()).containsOnly(0);
        assertThat(provider.globals().join().getFirst().value()).isEqualTo(Value.i32(1));
    }

    @Test
    void trapInALinkedSessionNamesBothSides() {
        var consumer = openLinked(CONSUMER, "p", open(PROVIDER));
        var outcome = (CallOutcome.Trapped) call(consumer, "fail");
        assertThat(outcome.backtrace()).extracting(WasmFrame::name).containsExactly("p.boom", "fail");
    }

    @Test
    void linkToAClosedSessionOrAMissingExportIsRefused() {
        var provider = open(PROVIDER);
        assertThatThrownBy(() -> openLinked("(module (import \"p\" \"doubel\" (func)))", "p", provider))
                .hasMessageContaining("function p.doubel");
        provider.close();
        assertThatThrownBy(() -> openLinked(CONSUMER, "p", provider)).hasMessageContaining("is closed");
    }

    @Test
    void moduleWithVectorsIsRefusedWithASentence() {
        assertThatThrownBy(() -> open("(module (func (export \"v\") (result v128) (v128.const i32x4 1 2 3 4)))"))
                .hasMessageContaining("SIMD");
    }

    @Test
    void bytesThatAreNoModuleAreRefused() {
        var junk = new ModuleSource("junk.wasm", Optional.empty(), new byte[] {0, 'a', 's', 'm', 9, 9, 9, 9});
        assertThatThrownBy(() -> open(request(junk, MemoryKind.TRACKED, Limits.DEFAULT)))
                .hasCauseInstanceOf(SessionException.class)
                .hasMessageContaining("junk.wasm");
    }

    @Test
    void plainSessionSaysWhyNothingCanBeUndone() {
        var session = open(request(Wat.module(ARITHMETIC), MemoryKind.PLAIN, Limits.DEFAULT));
        call(session, "store", Value.i32(0), Value.i32(1));
        assertThat(session.lastChanges(0, 10).join().ranges()).isEmpty();
        assertThat(session.undo().join())
                .isInstanceOfSatisfying(
                        UndoOutcome.NothingToUndo.class,
                        why -> assertThat(why.reason()).contains("plain"));
    }

    @Test
    void outputAndExitCodeOfACommandAreCaptured() {
        var session = open(request(Wat.module(HELLO), MemoryKind.TRACKED, Limits.DEFAULT));
        assertThat(call(session, "_start"))
                .isInstanceOfSatisfying(
                        CallOutcome.Exited.class,
                        exited -> assertThat(exited.code()).isEqualTo(7));
        assertThat(session.output(OutputStreamName.STDOUT, 0).bytes())
                .asString()
                .isEqualTo("hello\n");
        assertThat(session.status().output().stdout()).isEqualTo(6);
    }

    @Test
    void outputAndMemoryAreSeenWhileTheGuestRuns() {
        var session = open("""
                (module
                  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 16) "hello\\n")
                  (func (export "run")
                    (i32.store (i32.const 0) (i32.const 16))
                    (i32.store (i32.const 4) (i32.const 6))
                    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
                    (drop (memory.grow (i32.const 2)))
                    (loop $l (br $l))))
                """);
        var running = session.call(CallRequest.of("run"));
        while (session.status().output().stdout() < 6
                || session.status().memoryPages().getFirst() < 3) {
            Thread.onSpinWait();
        }
        assertThat(session.status().phase())
                .isInstanceOfSatisfying(
                        SessionStatus.Phase.Running.class,
                        phase -> assertThat(phase.export()).isEqualTo("run"));
        assertThat(session.output(OutputStreamName.STDOUT, 1).bytes())
                .asString()
                .isEqualTo("ello\n");
        assertThat(session.read(0, 16, 5).join().bytes()).asString().isEqualTo("hello");
        session.stop();
        assertThat(running.join()).isInstanceOf(CallOutcome.TimedOut.class);
        assertThat(session.status().phase()).isInstanceOf(SessionStatus.Phase.Idle.class);
    }

    @Test
    void ofOutputThatIsTooLongTheEndIsKept() {
        var session = open("""
                (module
                  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
                  (memory (export "memory") 2)
                  (func (export "run") (local $i i32)
                    (i32.store (i32.const 0) (i32.const 65536))
                    (i32.store (i32.const 4) (i32.const 65536))
                    (loop $l
                      (i32.store8 (i32.const 65536) (local.get $i))
                      (drop (call $write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 8)))
                      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 50))))))
                """);
        assertThat(call(session, "run")).isInstanceOf(CallOutcome.Returned.class);
        assertThat(session.status().output().stderr()).isEqualTo(50 << 16);
        var kept = session.output(OutputStreamName.STDERR, 5);
        assertThat(kept.from()).isEqualTo(34 << 16);
        assertThat(kept.bytes()).hasSize(16 << 16);
        for (int i = 0; i < 16; i++) {
            assertThat(kept.bytes()[i << 16]).isEqualTo((byte) (34 + i));
        }
    }

    @Test
    void callsThatWaitStayInOrder() {
        var session = open(ARITHMETIC);
        var answers = new ArrayList<CompletableFuture<CallOutcome>>();
        for (int i = 0; i < 100; i++) {
            answers.add(session.call(CallRequest.of("count_up")));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(((CallOutcome.Returned) answers.get(i).join()).results()).containsExactly(Value.i32(8 + i));
        }
        assertThat(session.status().epoch()).isEqualTo(100);
    }

    @Test
    void infoTellsWhatWasAskedFor() {
        var info = open(ARITHMETIC).info();
        assertThat(info.module()).isEqualTo("test.wasm");
        assertThat(info.runtime()).isEqualTo(runtime);
        assertThat(info.placement()).isEqualTo(placement);
        assertThat(info.memoryKind()).isEqualTo(MemoryKind.TRACKED);
        assertThat(info.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(info.exports())
                .contains(new ExportInfo(
                        "divide",
                        ExternKind.FUNCTION,
                        0,
                        Optional.of(new FunctionType(List.of(ValueType.I32, ValueType.I32), List.of(ValueType.I32)))))
                .contains(new ExportInfo("memory", ExternKind.MEMORY, 0, Optional.empty()));
        assertThat(info.id()).isNotEqualTo(open(ARITHMETIC).info().id());
    }

    static final String HELLO = """
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 16) "hello\\n")
              (func (export "_start")
                (i32.store (i32.const 0) (i32.const 16))
                (i32.store (i32.const 4) (i32.const 6))
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
                (call $exit (i32.const 7))))
            """;
}

package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.WasmFrame;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// How calls end, in every runtime and placement.
interface CallContract extends SessionOpener {
    String TRAPS = """
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
    default void callReturnsAllResults() {
        var outcome = SessionOpener.call(
                open(ARITHMETIC), "mixed", Value.i32(-1), Value.i64(-2), Value.f32(1.5f), Value.f64(-0.0));
        assertThat(((CallOutcome.Returned) outcome).results())
                .containsExactly(Value.f64(-0.0), Value.f32(1.5f), Value.i64(-2), Value.i32(-1));
        assertThat(outcome.elapsed()).isPositive();
    }

    @Test
    default void trapNamesTheReasonAndTheFunctions() {
        var outcome = (CallOutcome.Trapped) SessionOpener.call(open(ARITHMETIC), "outer", Value.i32(1));
        assertThat(outcome.reason()).isEqualTo("integer divide by zero");
        assertThat(outcome.backtrace()).extracting(WasmFrame::name).containsExactly("divide", "outer");
        assertThat(outcome.backtrace()).extracting(WasmFrame::function).containsExactly(0, 1);
        var code = Wat.module(ARITHMETIC).bytes();
        assertThat(code[(int) outcome.offset().orElseThrow()]).as("i32.div_s").isEqualTo((byte) 0x6d);
        assertThat(outcome.offset()).isEqualTo(outcome.backtrace().getFirst().offset());
    }

    @Test
    default void callOfUnknownExportNamesTheNearestOne() {
        assertThat(SessionOpener.call(open(ARITHMETIC), "divde"))
                .isEqualTo(new CallOutcome.Rejected("The module exports no function \"divde\". Did you mean divide?"));
    }

    @Test
    default void callWithTooFewOrWrongArgumentsIsRejected() {
        var session = open(ARITHMETIC);
        assertThat(SessionOpener.call(session, "divide", Value.i32(1)))
                .isEqualTo(new CallOutcome.Rejected("divide(i32 i32) → i32 takes 2 arguments, and 1 was given."));
        assertThat(SessionOpener.call(session, "divide", Value.i32(1), Value.i64(1)))
                .isEqualTo(new CallOutcome.Rejected("Argument 2 of divide is i32, and i64 was given."));
        assertThat(SessionOpener.call(session, "memory"))
                .isEqualTo(
                        new CallOutcome.Rejected("The export \"memory\" is a memory; only functions can be called."));
        assertThat(session.status().epoch()).isZero();
        assertThat(session.status().undoSteps()).isZero();
    }

    @Test
    default void everyTrapHasTheWordsOfTheSpecification() {
        var session = open(TRAPS);
        assertThat(SessionOpener.reason(session, "load", Value.i32(65_525))).isEqualTo("out of bounds memory access");
        assertThat(SessionOpener.reason(session, "overflow")).isEqualTo("integer overflow");
        assertThat(SessionOpener.reason(session, "convert")).isEqualTo("invalid conversion to integer");
        assertThat(SessionOpener.reason(session, "type")).isEqualTo("indirect call type mismatch");
        assertThat(SessionOpener.reason(session, "empty")).startsWith("uninitialized element");
        assertThat(SessionOpener.reason(session, "outside")).startsWith("undefined element");
        assertThat(SessionOpener.reason(session, "deep", Value.i32(0))).isEqualTo("call stack exhausted");
        assertThat(SessionOpener.reason(session, "copy")).isEqualTo("out of bounds memory access");
        assertThat(SessionOpener.reason(session, "init")).isEqualTo("out of bounds memory access");
        assertThat(SessionOpener.reason(session, "drop_init")).isEqualTo("out of bounds memory access");
        session.undo().join();
        assertThat(SessionOpener.reason(session, "drop_init")).isEqualTo("out of bounds memory access");
    }

    @Test
    default void outOfBoundsAccessTellsItsAddress() {
        var outcome = (CallOutcome.Trapped) SessionOpener.call(open(TRAPS), "load", Value.i32(65_530));
        assertThat(outcome.address()).hasValue(65_534);
        assertThat(outcome.offset()).isPresent();
    }

    @Test
    default void callsThatWaitStayInOrder() {
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
}

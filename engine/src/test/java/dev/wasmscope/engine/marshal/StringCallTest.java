package dev.wasmscope.engine.marshal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.StringForm;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.engine.wasm.WatModules;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StringCallTest {
    private final Sessions sessions = new Sessions();

    @AfterEach
    void close() {
        sessions.close();
    }

    private Session open(String text) {
        return sessions.open(SessionRequest.of(WatModules.module(text))).join();
    }

    /// Gives its string back; `long` knows how many bytes it was given.
    private static String guest(String allocate, String free) {
        return """
                (module (memory (export "memory") 1) (global $top (mut i32) (i32.const 1024))
                  (func (export "%s") (param i32) (result i32)
                    (global.get $top) (global.set $top (i32.add (global.get $top) (local.get 0))))
                  (func (export "%s") (param i32))
                  (func (export "same") (param i32) (result i32) (local.get 0))
                  (func (export "long") (param i32 i32 i32) (result i32) (i32.add (local.get 1) (local.get 2)))
                  (func (export "packed") (param i32 i32) (result i64)
                    (i64.or (i64.shl (i64.extend_i32_u (local.get 0)) (i64.const 32)) (i64.extend_i32_u (local.get 1)))))
                """.formatted(allocate, free);
    }

    @Test
    void everyStepIsToldWithItsPlaceInMemory() {
        var session = open(guest("wasm_alloc", "wasm_free"));
        var result = new StringCall(session, StringForm.LENGTH_FIRST)
                .run("same", List.of(new StringCall.Given.Text("grüße")), true);
        assertThat(result.outcome()).isInstanceOf(CallOutcome.Returned.class);
        assertThat(result.text()).contains("grüße");
        assertThat(result.steps())
                .extracting(StringCall.Step::what)
                .containsExactly(
                        "Ask for 12 bytes: wasm_alloc(12) gives 0x400.",
                        "Write \"grüße\" at 0x400 as 12 bytes, length first.",
                        "Call same(1024): it gives 1024.",
                        "Read \"grüße\" at 0x404, length first.",
                        "Give it back: wasm_free(1024).");
        assertThat(result.steps().get(3).at()).hasValueSatisfying(at -> {
            assertThat(at.address()).isEqualTo(0x404);
            assertThat(at.length()).isEqualTo(7);
        });
    }

    @Test
    void addressAndLengthAreTwoArgumentsAndNumbersStayNumbers() {
        var session = open(guest("malloc", "free"));
        var call = new StringCall(session, StringForm.POINTER_LENGTH)
                .run(
                        "long",
                        List.of(new StringCall.Given.Text("hello"), new StringCall.Given.Plain(Value.i32(37))),
                        false);
        assertThat(((CallOutcome.Returned) call.outcome()).results()).containsExactly(Value.i32(42));
        var packed = new StringCall(session, StringForm.POINTER_LENGTH)
                .run("packed", List.of(new StringCall.Given.Text("hello")), true);
        assertThat(packed.text()).contains("hello");
        var bare = new StringCall(session, StringForm.POINTER_LENGTH)
                .run("long", List.of(new StringCall.Given.Text("x"), new StringCall.Given.Plain(Value.i32(1))), true);
        assertThat(bare.text()).isEmpty();
        assertThat(bare.steps()).anyMatch(step -> step.what().contains("does not say how long"));
    }

    @Test
    void moduleWithoutAnAllocatorIsToldWhichNamesAreKnown() {
        var result = new StringCall(
                        open("(module (memory 1) (func (export \"f\") (param i32)))"), StringForm.ZERO_ENDED)
                .run("f", List.of(new StringCall.Given.Text("x")), false);
        assertThat(result.outcome())
                .isInstanceOfSatisfying(
                        CallOutcome.Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .contains("wasm_alloc, ")
                                .contains("malloc"));
    }

    @Test
    void allocatorThatLiesIsToldSo() {
        for (var address : List.of("0", "-8")) {
            var result = new StringCall(open("""
                    (module (memory (export "memory") 1)
                      (func (export "malloc") (param i32) (result i32) (i32.const %s))
                      (func (export "f") (param i32)))
                    """.formatted(address)), StringForm.ZERO_ENDED)
                    .run("f", List.of(new StringCall.Given.Text("x")), false);
            assertThat(result.outcome()).isInstanceOf(CallOutcome.Rejected.class);
        }
    }

    @Test
    void trapOfTheCallKeepsTheStepsBeforeIt() {
        var result = new StringCall(open("""
                (module (memory (export "memory") 1)
                  (func (export "malloc") (param i32) (result i32) (i32.const 16))
                  (func (export "f") (param i32) unreachable))
                """), StringForm.ZERO_ENDED)
                .run("f", List.of(new StringCall.Given.Text("x")), false);
        assertThat(result.outcome()).isInstanceOf(CallOutcome.Trapped.class);
        assertThat(result.steps()).hasSize(3);
    }
}

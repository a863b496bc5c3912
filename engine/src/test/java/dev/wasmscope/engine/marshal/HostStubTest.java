package dev.wasmscope.engine.marshal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.HostStub;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.StringForm;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.wasi.WasiText;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.engine.wasm.WatModules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HostStubTest {
    /// Calls its import with "hello" at 64 in all forms, and reads the first byte of what it is given.
    private static final String GUEST = """
            (module
              (import "env" "say" (func $say (param i32 i32)))
              (import "env" "name" (func $name (param i32) (result i32)))
              (import "env" "add" (func $add (param i32 i32) (result i32)))
              (import "env" "half" (func $half (param f64) (result f64)))
              (import "env" "fill" (func $fill (param i64 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 64) "hello\\00")
              (data (i32.const 128) "\\06\\00\\00\\00hello\\00")
              (data (i32.const 196) "\\0a\\00\\00\\00h\\00e\\00l\\00l\\00o\\00")
              (global $top (mut i32) (i32.const 1024))
              (func $alloc (export "malloc") (param i32) (result i32)
                (global.get $top) (global.set $top (i32.add (global.get $top) (local.get 0))))
              (func (export "free") (param i32))
              (func (export "say") (call $say (i32.const 64) (i32.const 5)))
              (func (export "name") (param i32) (result i32) (call $name (local.get 0)))
              (func (export "add") (param i32 i32) (result i32) (call $add (local.get 0) (local.get 1)))
              (func (export "half") (param f64) (result f64) (call $half (local.get 0)))
              (func (export "fill") (param i32) (result i32)
                (call $fill (i64.const 512) (local.get 0))))
            """;

    private final Sessions sessions = new Sessions();

    @AfterEach
    void close() {
        sessions.close();
    }

    private Session open(StringForm form, String... stubs) {
        return open(Placement.IN_PROCESS, form, stubs);
    }

    private Session open(Placement placement, StringForm form, String... stubs) {
        var wanted = Stream.of(stubs).map(text -> HostStubs.parse(text, form)).toList();
        return sessions.open(SessionRequest.of(WatModules.module(GUEST))
                        .withPlacement(placement)
                        .withStubs(true)
                        .withStubs(wanted))
                .join();
    }

    private static CallOutcome call(Session session, String export, Value... arguments) {
        return session.call(CallRequest.of(export, arguments)).join();
    }

    private static Value only(CallOutcome outcome) {
        assertThat(outcome).isInstanceOf(CallOutcome.Returned.class);
        return ((CallOutcome.Returned) outcome).results().getFirst();
    }

    private static String trapOf(CallOutcome outcome) {
        assertThat(outcome).isInstanceOf(CallOutcome.Trapped.class);
        return ((CallOutcome.Trapped) outcome).reason();
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void logWritesDownDecodedArgumentsAndTellsTheOutput(Placement placement) {
        var session = open(placement, StringForm.POINTER_LENGTH, "env.say=log");
        call(session, "say");
        var calls = session.wasiCalls(1).calls();
        assertThat(calls).singleElement().satisfies(made -> {
            assertThat(made.function()).isEqualTo("env.say");
            assertThat(WasiText.arguments(made)).contains("\"hello\"").contains("$0=");
        });
        assertThat(new String(session.output(OutputStreamName.STDERR, 0).bytes(), StandardCharsets.UTF_8))
                .startsWith("env.say ")
                .contains("hello");
    }

    @Test
    void constantZeroExpressionAndTrapGiveWhatTheySay() {
        var session = open(
                StringForm.POINTER_LENGTH, "env.add=expression:$0 * 2 + $1", "env.half=constant:1.5", "env.*=trap");
        assertThat(only(call(session, "add", Value.i32(20), Value.i32(2)))).isEqualTo(Value.i32(42));
        assertThat(only(call(session, "half", Value.f64(9)))).isEqualTo(Value.f64(1.5));
        assertThat(trapOf(call(session, "say"))).contains("env.say");
        var zero = open(StringForm.POINTER_LENGTH, "env.*=zero");
        assertThat(only(call(zero, "half", Value.f64(9)))).isEqualTo(Value.f64(0));
        assertThat(zero.wasiCalls(1).calls())
                .singleElement()
                .satisfies(made -> assertThat(WasiText.outcome(made.outcome())).isEqualTo("0.0"));
        var computed = open(StringForm.POINTER_LENGTH, "env.half=expression:$0 / 2", "env.add=expression:$0 / $1");
        assertThat(only(call(computed, "half", Value.f64(9)))).isEqualTo(Value.f64(4.5));
        assertThat(trapOf(call(computed, "add", Value.i32(1), Value.i32(0)))).contains("divides by zero");
    }

    @ParameterizedTest
    @CsvSource({"ZERO_ENDED, 64, 0", "LENGTH_FIRST, 128, 4", "ASSEMBLYSCRIPT, 200, 0"})
    void echoGivesTheGuestItsStringBackInMemoryItAllocates(StringForm form, int address, int offset) {
        var session = open(form, "env.name=echo");
        var given = only(call(session, "name", Value.i32(address)));
        assertThat(given.low()).isEqualTo(1024);
        assertThat(session.read(0, given.low() + offset, 1).join().bytes())
                .asString()
                .isEqualTo("h");
    }

    @Test
    void textFillsTheBufferThatTheGuestPasses() {
        var session = open(StringForm.POINTER_LENGTH, "env.fill=text:task one");
        assertThat(only(call(session, "fill", Value.i32(100)))).isEqualTo(Value.i32(8));
        assertThat(session.read(0, 512, 8).join().bytes()).asString().isEqualTo("task one");
        assertThat(trapOf(call(session, "fill", Value.i32(3)))).contains("has 8 bytes, and the guest's buffer 3");
    }

    @Test
    void echoWithoutAStringIsASentence() {
        var session = open(StringForm.ZERO_ENDED, "env.name=echo");
        assertThat(trapOf(call(session, "name", Value.i32(-5)))).contains("no argument is one");
    }

    @Test
    void stubThatDoesNotGoWithItsTypeIsRefusedOnOpening() {
        assertThatThrownBy(() -> open(StringForm.ZERO_ENDED, "env.add=constant:1,2"))
                .hasMessageContaining("gives 1 values, and 2 constants were given");
        assertThatThrownBy(() -> open(StringForm.ZERO_ENDED, "env.add=constant:x"))
                .hasMessageContaining("Constant 1 of add");
        assertThatThrownBy(() -> open(StringForm.ZERO_ENDED, "env.add=expression:$0 +"))
                .hasMessageContaining("a number or an argument");
        assertThatThrownBy(() -> open(StringForm.ZERO_ENDED, "env.add=expression:$7"))
                .hasMessageContaining("there is no argument $7");
        assertThatThrownBy(() -> HostStubs.parse("add=log", StringForm.ZERO_ENDED))
                .hasMessageContaining("MODULE.NAME=WHAT");
        assertThatThrownBy(() -> HostStubs.parse("env.add=sing", StringForm.ZERO_ENDED))
                .hasMessageContaining("\"sing\" is none of these");
    }

    @Test
    void stubsAsTextAreReadBackAsTheyWere() {
        for (var text : List.of("trap", "zero", "log", "echo", "constant:1,2", "text:a:b=c", "expression:$0 << 3")) {
            assertThat(HostStubs.text(HostStubs.answer(text))).isEqualTo(text);
        }
        assertThat(new HostStub("env", "f", new HostStub.Answer.Log(), StringForm.ZERO_ENDED))
                .isEqualTo(HostStubs.parse("env.f=log", StringForm.ZERO_ENDED));
    }

    @Test
    void expressionsObeyPrecedence() {
        assertThat(Expression.evaluate("1 + 2 * 3")).isEqualTo(7L);
        assertThat(Expression.evaluate("(1 + 2) * -3")).isEqualTo(-9L);
        assertThat(Expression.evaluate("0xff & ~$0 | 1 << 8", 0x0fL)).isEqualTo(0x1f0L);
        assertThat(Expression.evaluate("$0 / 2.0", 3L)).isEqualTo(1.5);
        assertThatThrownBy(() -> Expression.evaluate("(".repeat(1_000))).hasMessageContaining("nested too deeply");
        assertThatThrownBy(() -> Expression.evaluate("1 2")).hasMessageContaining("an operator was expected");
    }
}

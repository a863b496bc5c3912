package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.GuestFailedException;
import dev.wasmscope.engine.spi.GuestInstance;
import dev.wasmscope.engine.spi.InstantiationRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.WasmRuntime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Handles of functions and copies of whole states, on both runtimes and both kinds of memory.
class GuestFunctionTest {
    private static final String MODULE = """
            (module (memory (export "memory") 1 10) (global $count (mut i64) (i64.const 5))
              (func (export "add") (param i32 i64) (result i64) (i64.add (i64.extend_i32_u (local.get 0)) (local.get 1)))
              (func (export "count") (result i64)
                (global.set $count (i64.add (global.get $count) (i64.const 1))) (global.get $count))
              (func (export "put") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
              (func (export "grow") (result i32) (memory.grow (i32.const 2)))
              (func (export "forever") (loop (br 0))))
            """;

    record Kind(WasmRuntime runtime, MemoryKind memory) {
        GuestInstance open() throws Exception {
            return runtime.instantiate(new InstantiationRequest(
                    Wat.module(MODULE),
                    memory,
                    Limits.DEFAULT.withCallTime(Duration.ofMillis(200)),
                    List.of(),
                    Map.of(),
                    false));
        }

        @Override
        public String toString() {
            return runtime.id() + " " + memory;
        }
    }

    static Stream<Kind> kinds() {
        return Runtimes.builtIn().stream()
                .flatMap(runtime -> Stream.of(MemoryKind.values()).map(memory -> new Kind(runtime, memory)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void rawBitsGoInAndOut(Kind kind) throws Exception {
        try (var instance = kind.open()) {
            var add = instance.function("add");
            assertThat(add.call(-1, 1)).isEqualTo(0x1_0000_0000L);
            assertThatThrownBy(() -> add.call(1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The function takes 2 arguments, not 1.");
            assertThatThrownBy(() -> instance.function("ad"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The module exports no function ad.");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aTrapIsAnOutcomeAndTheInstanceGoesOn(Kind kind) throws Exception {
        try (var instance = kind.open()) {
            assertThatThrownBy(() -> instance.function("put").call(65_533, 1))
                    .isInstanceOfSatisfying(
                            GuestFailedException.class,
                            e -> assertThat(e.outcome())
                                    .isInstanceOfSatisfying(
                                            CallOutcome.Trapped.class,
                                            trap -> assertThat(trap.address()).hasValue(65_533)));
            assertThat(instance.function("add").call(1, 2)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aCallThatDoesNotReturnIsStoppedAndLeavesNoInterrupt(Kind kind) throws Exception {
        try (var instance = kind.open()) {
            assertThatThrownBy(() -> instance.function("forever").call())
                    .isInstanceOfSatisfying(
                            GuestFailedException.class,
                            e -> assertThat(e.outcome()).isInstanceOf(CallOutcome.TimedOut.class));
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(instance.function("add").call(1, 2)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aStateIsPutBackIntoItsInstanceAndIntoAnother(Kind kind) throws Exception {
        try (var instance = kind.open();
                var other = kind.open()) {
            instance.function("put").call(100, 0x01020304);
            instance.function("count").call();
            var state = instance.save(null);
            instance.function("grow").call();
            instance.function("put").call(100_000, 7);
            instance.function("put").call(100, 0);
            instance.function("count").call();
            for (var each : List.of(instance, other)) {
                each.restore(state);
                var memory = each.memories().getFirst();
                assertThat(memory.pages()).isEqualTo(1);
                assertThat(memory.read(100, 4)).containsExactly(4, 3, 2, 1);
                assertThat(each.function("count").call()).isEqualTo(7);
                assertThat(each.function("grow").call()).isEqualTo(1);
                assertThat(memory.read(100_000, 4)).containsExactly(0, 0, 0, 0);
            }
            var larger = instance.save(state);
            assertThat(larger.size()).isEqualTo(3 * 65_536);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void memoryIsSeenWithoutACopyAndFromOtherThreads(Kind kind) throws Exception {
        try (var instance = kind.open()) {
            var memory = instance.memories().getFirst();
            memory.write(200, ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 4, 9}, 1, 4));
            assertThat(memory.window().getInt(200)).isEqualTo(0x04030201);
            var live = memory.live();
            assertThat(live.readInt(200)).isEqualTo(0x04030201);
            live.writeInt(204, 5);
            assertThat(memory.window().getInt(204)).isEqualTo(5);
            instance.function("grow").call();
            assertThat(memory.window().limit()).isEqualTo(3 * 65_536);
            assertThat(live.readInt(204)).isEqualTo(5);
            assertThatThrownBy(() -> live.readInt(3 * 65_536 - 3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> memory.write(3 * 65_536 - 1, ByteBuffer.allocate(2)))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}

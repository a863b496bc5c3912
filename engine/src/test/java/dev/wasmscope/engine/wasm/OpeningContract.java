package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.ValueType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What opening and closing a session tells.
interface OpeningContract extends SessionOpener {
    @Test
    default void closedSessionAnswersWithASentence() {
        var session = open(ARITHMETIC);
        session.close();
        assertThatThrownBy(() -> SessionOpener.call(session, "count_up"))
                .hasCauseInstanceOf(SessionException.class)
                .hasMessageContaining("was closed");
        assertThat(session.status().phase()).isInstanceOf(SessionStatus.Phase.Closed.class);
    }

    @Test
    default void trapInAStartFunctionIsToldAsSuch() {
        assertThatThrownBy(() -> open("(module (func $s unreachable) (start $s))"))
                .hasMessageContaining("trapped while it was instantiated: unreachable");
    }

    @Test
    default void reactorIsInitializedWhenItIsOpened() {
        var session = open("""
                (module (global $g (mut i32) (i32.const 0))
                  (func (export "_initialize") (global.set $g (i32.const 9)))
                  (func (export "get") (result i32) (global.get $g)))
                """);
        assertThat(((CallOutcome.Returned) SessionOpener.call(session, "get")).results())
                .containsExactly(Value.i32(9));
    }

    @Test
    default void moduleWithVectorsIsRefusedWithASentence() {
        assertThatThrownBy(() -> open("(module (func (export \"v\") (result v128) (v128.const i32x4 1 2 3 4)))"))
                .hasMessageContaining("SIMD");
    }

    @Test
    default void bytesThatAreNoModuleAreRefused() {
        var junk = new ModuleSource("junk.wasm", Optional.empty(), new byte[] {0, 'a', 's', 'm', 9, 9, 9, 9});
        assertThatThrownBy(() -> open(request(junk, MemoryKind.TRACKED, Limits.DEFAULT)))
                .hasCauseInstanceOf(SessionException.class)
                .hasMessageContaining("junk.wasm");
    }

    @Test
    default void infoTellsWhatWasAskedFor() {
        var info = open(ARITHMETIC).info();
        assertThat(info.module()).isEqualTo("test.wasm");
        assertThat(info.runtime()).isEqualTo(runtime());
        assertThat(info.placement()).isEqualTo(placement());
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
}

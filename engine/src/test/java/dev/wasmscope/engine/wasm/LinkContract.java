package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.WasmFrame;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Instances that take imports from each other.
interface LinkContract extends SessionOpener {
    String PROVIDER = """
            (module
              (memory (export "memory") 1)
              (global (export "count") (mut i32) (i32.const 1))
              (table (export "table") 1 funcref)
              (func $boom (export "boom") unreachable)
              (func (export "double") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2))))
            """;

    String CONSUMER = """
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

    @Test
    default void linkedSessionsShareMemoryGlobalsAndFunctions() {
        var provider = open(PROVIDER);
        var consumer = openLinked(CONSUMER, "p", provider);
        assertThat(provider.read(0, 8, 4).join().bytes()).containsExactly('s', 'e', 'e', 'n');
        SessionOpener.call(consumer, "work", Value.i32(21));
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
    default void trapInALinkedSessionNamesBothSides() {
        var consumer = openLinked(CONSUMER, "p", open(PROVIDER));
        var outcome = (CallOutcome.Trapped) SessionOpener.call(consumer, "fail");
        assertThat(outcome.backtrace()).extracting(WasmFrame::name).containsExactly("p.boom", "fail");
    }

    @Test
    default void linkToAClosedSessionOrAMissingExportIsRefused() {
        var provider = open(PROVIDER);
        assertThatThrownBy(() -> openLinked("(module (import \"p\" \"doubel\" (func)))", "p", provider))
                .hasMessageContaining("function p.doubel");
        provider.close();
        assertThatThrownBy(() -> openLinked(CONSUMER, "p", provider)).hasMessageContaining("is closed");
    }

    @Test
    default void unmetImportsAreNamed() {
        var wat = "(module (import \"env\" \"log\" (func (param i32))) (import \"env\" \"mem\" (memory 1)))";
        assertThatThrownBy(() -> open(wat))
                .hasMessageContaining("function env.log (i32)")
                .hasMessageContaining("memory env.mem");
    }

    @Test
    default void stubbedImportTrapsByNameWhenItIsCalled() {
        var module = Wat.module("""
                (module (import "env" "log" (func $log (param i32)))
                  (func (export "call_log") (call $log (i32.const 1)))
                  (func (export "other") (result i32) (i32.const 3)))
                """);
        var session = open(new SessionRequest(
                module, runtime(), placement(), MemoryKind.TRACKED, Limits.DEFAULT, Optional.empty(), Map.of(), true));
        assertThat(SessionOpener.call(session, "other")).isInstanceOf(CallOutcome.Returned.class);
        assertThat(SessionOpener.reason(session, "call_log")).isEqualTo("the unmet import env.log was called");
    }

    @Test
    default void stubbedMemoryTableAndGlobalAreTheInstancesOwn() {
        var module = Wat.module("""
                (module (import "env" "memory" (memory 2))
                  (import "env" "table" (table 3 funcref))
                  (import "env" "base" (global $base i32))
                  (import "env" "top" (global $top (mut i32)))
                  (data (i32.const 8) "text")
                  (elem (i32.const 1) $read)
                  (func $read (export "read") (result i32) (i32.load8_u (i32.const 8)))
                  (func (export "by_table") (result i32) (call_indirect (result i32) (i32.const 1)))
                  (func (export "pages") (result i32) (memory.size))
                  (func (export "next") (result i32)
                    (global.set $top (i32.add (global.get $top) (i32.const 1)))
                    (i32.store8 (i32.const 8) (global.get $top))
                    (i32.add (global.get $base) (global.get $top))))
                """);
        var session = open(new SessionRequest(
                module, runtime(), placement(), MemoryKind.TRACKED, Limits.DEFAULT, Optional.empty(), Map.of(), true));
        assertThat(number(session, "by_table")).isEqualTo('t');
        assertThat(number(session, "pages")).isEqualTo(2);
        assertThat(number(session, "next")).isEqualTo(1);
        assertThat(number(session, "read")).isEqualTo(1);
    }

    private static int number(Session session, String export) {
        var outcome = (CallOutcome.Returned) SessionOpener.call(session, export);
        return outcome.results().getFirst().asI32();
    }

    private Session openLinked(String wat, String name, Session link) {
        return open(new SessionRequest(
                Wat.module("consumer.wasm", wat),
                runtime(),
                placement(),
                MemoryKind.TRACKED,
                Limits.DEFAULT,
                Optional.empty(),
                Map.of(name, link),
                false));
    }
}

package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.WasiGrants;
import java.util.Map;
import java.util.Optional;

/// What the parts of [SessionContract] share.
interface SessionOpener {
    String ARITHMETIC = """
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

    String runtime();

    Placement placement();

    /// Closed after the test.
    Session open(SessionRequest request);

    default SessionRequest request(ModuleSource module, MemoryKind kind, Limits limits) {
        return new SessionRequest(
                module, runtime(), placement(), kind, limits, Optional.of(WasiGrants.NONE), Map.of(), false);
    }

    default Session open(String wat) {
        return open(request(Wat.module(wat), MemoryKind.TRACKED, Limits.DEFAULT));
    }

    static CallOutcome call(Session session, String export, Value... arguments) {
        return session.call(CallRequest.of(export, arguments)).join();
    }

    static String reason(Session session, String export, Value... arguments) {
        return ((CallOutcome.Trapped) call(session, export, arguments)).reason();
    }
}

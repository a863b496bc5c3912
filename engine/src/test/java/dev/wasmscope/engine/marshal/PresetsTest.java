package dev.wasmscope.engine.marshal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.binary.HostProfile;
import dev.wasmscope.engine.binary.ModuleReader;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.engine.wasm.WatModules;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A module of each kind of host runs on what that host would answer.
class PresetsTest {
    private static final String DECATON = """
            (module
              (import "decaton" "poll_task" (func $poll (param i64 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "run") (result i32)
                (call $poll (i64.const 64) (i32.const 100))))
            """;

    private static final String PROXY_WASM = """
            (module
              (import "env" "proxy_log" (func $log (param i32 i32 i32) (result i32)))
              (import "env" "proxy_get_header_map_value" (func $header (param i32 i32 i32 i32 i32) (result i32)))
              (import "env" "proxy_done" (func $done (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 64) "hello")
              (func (export "proxy_abi_version_0_2_1"))
              (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
              (func (export "proxy_on_context_create") (param i32 i32))
              (func (export "run") (result i32)
                (i32.add
                  (call $log (i32.const 1) (i32.const 64) (i32.const 5))
                  (i32.add
                    (call $header (i32.const 0) (i32.const 64) (i32.const 5) (i32.const 128) (i32.const 132))
                    (call $done)))))
            """;

    private static final String EXTISM = """
            (module
              (import "extism:host/env" "input_length" (func $length (result i64)))
              (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
              (import "extism:host/env" "output_set" (func $set (param i64 i64)))
              (func (export "run") (result i32)
                (call $set (call $alloc (i64.const 8)) (call $length))
                (i32.wrap_i64 (call $length))))
            """;

    private static final String EASEGRESS = """
            (module
              (import "easegress" "host_req_get_method" (func $method (result i32)))
              (import "easegress" "host_resp_get_status_code" (func $status (result i32)))
              (memory (export "memory") 1)
              (func (export "wasm_alloc") (param i32) (result i32) (i32.const 1024))
              (func (export "wasm_free") (param i32))
              (func (export "wasm_run") (result i32) (i32.const 0))
              (func (export "run") (result i32)
                (i32.add (i32.load8_u (i32.add (call $method) (i32.const 4))) (call $status))))
            """;

    private static final String REDIS_2020 = """
            (module
              (import "logger" "log_utf8_string" (func $log (param i32 i32)))
              (memory (export "memory") 1)
              (func (export "allocate") (param i32) (result i32) (i32.const 1024))
              (func (export "deallocate") (param i32 i32))
              (func (export "invoke") (param i32 i32) (result i32)
                (call $log (local.get 0) (local.get 1)) (local.get 0))
              (func (export "run") (result i32) (call $log (i32.const 0) (i32.const 2)) (i32.const 7)))
            """;

    @ParameterizedTest
    @CsvSource({"decaton, -1", "proxy-wasm, 0", "extism, 0", "easegress, 271", "redis-2020, 7"})
    void moduleOfAKnownHostRunsOnItsAnswers(String profile, int result) throws Exception {
        var module = WatModules.module(text(profile));
        var facts = ModuleReader.read(module.bytes());
        var match = HostProfile.of(facts).getFirst();
        assertThat(match.profile().id()).isEqualTo(profile);
        assertThat(match.missing()).isEmpty();
        var form = Presets.form(profile, List.of());
        var stubs = facts.imports().stream()
                .filter(wanted -> wanted.kind() == ExternKind.FUNCTION)
                .map(wanted -> Presets.of(
                        wanted.module(),
                        wanted.name(),
                        facts.functions().get(wanted.index()).type(),
                        form))
                .toList();
        try (var sessions = new Sessions()) {
            var session =
                    sessions.open(SessionRequest.of(module).withStubs(stubs)).join();
            var outcome = session.call(CallRequest.of("run")).join();
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            CallOutcome.Returned.class,
                            returned -> assertThat(returned.results()).containsExactly(Value.i32(result)));
        }
    }

    private static String text(String profile) {
        return switch (profile) {
            case "decaton" -> DECATON;
            case "proxy-wasm" -> PROXY_WASM;
            case "extism" -> EXTISM;
            case "easegress" -> EASEGRESS;
            default -> REDIS_2020;
        };
    }
}

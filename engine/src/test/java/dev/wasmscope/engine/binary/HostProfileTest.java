package dev.wasmscope.engine.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.wasm.WatModules;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostProfileTest {
    private static List<HostProfile.Match> of(String text) throws MalformedModuleException {
        return HostProfile.of(ModuleReader.read(WatModules.module(text).bytes()));
    }

    private static HostProfile.Match only(String text) throws MalformedModuleException {
        var found = of(text);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void programIsAWasiCommandAndALibraryAReactor() throws Exception {
        var hello = SampleCatalogue.load().open("hello");
        assertThat(HostProfile.of(ModuleReader.read(hello.bytes())))
                .singleElement()
                .satisfies(match -> {
                    assertThat(match.profile().id()).isEqualTo("wasi-command");
                    assertThat(match.complete()).isTrue();
                });
        assertThat(only("(module (memory (export \"memory\") 1) (func (export \"_initialize\")))")
                        .text())
                .isEqualTo("WASI reactor");
    }

    @Test
    void easegressFilterIsToldWhatItLacks() throws Exception {
        var match = only("""
                (module (import "easegress" "host_log" (func (param i32 i32)))
                  (import "easegress" "host_fly" (func))
                  (memory (export "memory") 1)
                  (func (export "wasm_run") (result i32) (i32.const 0))
                  (func (export "wasm_alloc") (param i64) (result i32) (i32.const 0)))
                """);
        assertThat(match.profile().id()).isEqualTo("easegress");
        assertThat(match.missing())
                .containsExactly(
                        "a wasm_alloc of type (i32) → i32 (it is (i64) → i32)",
                        "the exported function wasm_free(i32)",
                        "easegress.host_fly at the host, which has no such function");
    }

    @Test
    void decatonProcessorComesBeforeTheReactorThatItIsToo() throws Exception {
        assertThat(of("""
                (module (import "decaton" "poll_task" (func (param i64 i32) (result i32)))
                  (memory (export "memory") 1) (func (export "_initialize")) (func (export "run")))
                """)).extracting(HostProfile.Match::text).containsExactly("Decaton processor", "WASI reactor");
    }

    @Test
    void proxyWasmExtismAndTheRedisOf2020AreRecognised() throws Exception {
        assertThat(only("(module (func (export \"proxy_on_request_headers\")))").missing())
                .contains("the exported memory memory");
        assertThat(only("(module (import \"extism:host/env\" \"length\" (func)))")
                        .text())
                .isEqualTo("Extism plugin; missing: an exported function of type () → i32");
        assertThat(only("""
                (module (memory (export "memory") 1)
                  (func (export "allocate") (param i32) (result i32) (i32.const 0))
                  (func (export "deallocate") (param i32 i32))
                  (func (export "invoke") (param i32 i32) (result i32) (i32.const 0)))
                """).text()).isEqualTo("Redis of 2020 (allocate and invoke)");
    }

    @Test
    void moduleForNobodyFitsNothing() throws Exception {
        assertThat(of("(module (func (export \"f\")))")).isEmpty();
    }
}

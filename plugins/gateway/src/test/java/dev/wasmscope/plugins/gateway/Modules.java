package dev.wasmscope.plugins.gateway;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.engine.wasm.Runtimes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/// Modules and the engine that they run on.
public final class Modules {
    /// What every filter in the text format begins with: an allocator that never frees and starts anew for each
    /// request.
    private static final String BEGINNING = """
            (module
              (import "easegress" "host_req_set_header" (func $set_header (param i32 i32)))
              (import "easegress" "host_resp_set_header" (func $set_response_header (param i32 i32)))
              (import "easegress" "host_req_get_query" (func $query (result i32)))
              (memory (export "memory") 2)
              (global $top (mut i32) (i32.const 65536))
              (func (export "wasm_alloc") (param $size i32) (result i32)
                (local $block i32)
                (local.set $block (global.get $top))
                (global.set $top (i32.add (global.get $top) (i32.and (i32.add (local.get $size) (i32.const 7)) (i32.const -8))))
                (local.get $block))
              (func (export "wasm_free") (param i32))
            """;

    private Modules() {}

    public static HostEngine engine() {
        return new HostEngine(Runtimes.builtIn());
    }

    /// Skips the test where the sample's compiler is missing.
    public static ModuleSource sample(Engine engine, String name) {
        try {
            return engine.read("sample:" + name);
        } catch (IOException e) {
            return abort(String.valueOf(e.getMessage()));
        }
    }

    /// A filter whose functions are given in the text format.
    public static ModuleSource filter(String name, String functions) throws IOException {
        return module(name, BEGINNING + functions + ")");
    }

    /// Skips the test where wabt is not installed.
    public static ModuleSource module(String name, String text) throws IOException {
        var source = Files.createTempFile("gateway", ".wat");
        var target = Files.createTempFile("gateway", ".wasm");
        try {
            Files.writeString(source, text);
            Process process;
            try {
                process = new ProcessBuilder("wat2wasm", source.toString(), "-o", target.toString())
                        .redirectErrorStream(true)
                        .start();
            } catch (IOException e) {
                return abort("wat2wasm is missing: apt-get install wabt.");
            }
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalArgumentException(said);
            }
            return new ModuleSource(name, Optional.empty(), Files.readAllBytes(target));
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            Files.delete(source);
            Files.delete(target);
        }
    }

    /// A filter that stamps requests and answers with a letter.
    public static ModuleSource stamping(char letter) throws IOException {
        return filter(letter + ".wasm", """
                (data (i32.const 16) "\\0a\\00\\00\\00X-Version\\00")
                (data (i32.const 32) "\\02\\00\\00\\00%s\\00")
                (func (export "wasm_run") (result i32)
                  (global.set $top (i32.const 65536))
                  (call $set_header (i32.const 16) (i32.const 32)) (i32.const 0))
                (func (export "wasm_run_response") (result i32)
                  (call $set_response_header (i32.const 16) (i32.const 32)) (i32.const 0))
                """.formatted(letter));
    }
}

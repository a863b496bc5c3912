package dev.wasmscope.engine.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What wabt 1.0.32 cannot read (garbage collection, the newer exceptions), beside what `wasm-tools print` writes.
class NewerInstructionsTest {
    private static final String SCRIPT = """
            import {readFileSync, writeFileSync} from 'node:fs';
            const {tools, $init} = await import(process.argv[1]);
            await $init;
            const wasm = tools.parse(readFileSync(process.argv[2], 'utf8'));
            writeFileSync(process.argv[3], wasm);
            console.log(tools.print(wasm));
            """;
    private static final Pattern COMMENT = Pattern.compile(";;.*| *\\(;.*?;\\)");
    private static final Pattern DECLARATION = Pattern.compile("\\((?!;).*|\\)|");

    @TempDir
    Path directory;

    @Test
    void newerInstructionsAreWrittenAsWasmToolsWritesThem() throws Exception {
        var expected = printed();
        var module = Files.readAllBytes(directory.resolve("newer.wasm"));
        var facts = ModuleReader.read(module);
        var ours = new ArrayList<String>();
        for (var function : facts.functions()) {
            var lines =
                    ModuleReader.disassemble(module, facts, function.index()).lines();
            // The text format closes a function with a parenthesis.
            for (var line : lines.subList(0, lines.size() - 1)) {
                ours.add((line.mnemonic() + " " + line.operands()).strip());
            }
        }
        assertThat(ours).containsExactlyElementsOf(expected);
        assertThat(facts.features()).contains("gc", "exception-handling", "memory64");
    }

    /// The lines of `wasm-tools print` that are instructions, without comments.
    private List<String> printed() throws Exception {
        var tools = RealModules.directory().resolve("@bytecodealliance/jco-transpile/vendor/wasm-tools.js");
        Assumptions.assumeTrue(
                Files.isRegularFile(tools), "SKIPPED: there is no " + tools + ". Run `npm ci` in sample-wasm.");
        var source = Files.writeString(directory.resolve("newer.wat"), NEWER);
        var target = directory.resolve("newer.wasm");
        var log = directory.resolve("node.log");
        var process = new ProcessBuilder(
                        "node",
                        "--input-type=module",
                        "-e",
                        SCRIPT,
                        tools.toUri().toString(),
                        source.toString(),
                        target.toString())
                .redirectError(log.toFile())
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        return text.lines()
                .map(line -> COMMENT.matcher(line).replaceAll("").strip())
                .filter(line -> !DECLARATION.matcher(line).matches())
                .map(line -> line.startsWith("block (type") ? line.replaceFirst("(\\(type \\d+\\)).*", "$1") : line)
                .toList();
    }

    private static final String NEWER = """
            (module
             (type (sub (struct (field (mut i32)) (field i8))))
             (type (sub final 0 (struct (field (mut i32)) (field i8) (field f64))))
             (type (array (mut i16)))
             (type (func (param i32) (result i32)))
             (tag (param i32))
             (table 2 (ref null 3))
             (memory i64 1)
             (global (ref null 0) (ref.null 0))
             (data "abcd")
             (elem declare func 0)
             (func (type 3) local.get 0)
             (func (param anyref) (result i32)
              (local (ref null 0)) (local eqref)
              (drop (struct.new 0 (i32.const 1) (i32.const 2)))
              (drop (struct.new_default 1))
              (drop (struct.get_s 0 1 (ref.cast (ref null 0) (local.get 0))))
              (struct.set 0 0 (ref.cast (ref 0) (local.get 0)) (i32.const 1))
              (drop (array.new_fixed 2 2 (i32.const 1) (i32.const 2)))
              (drop (array.new_data 2 0 (i32.const 0) (i32.const 1)))
              (drop (array.len (array.new_default 2 (i32.const 3))))
              (drop (array.get_u 2 (array.new_default 2 (i32.const 3)) (i32.const 0)))
              (drop (ref.test (ref null i31) (local.get 0))) (drop (ref.test (ref eq) (local.get 0)))
              (drop (ref.i31 (i32.const 1)))
              (block (result anyref) (br_on_cast 0 anyref (ref null 1) (local.get 0))) drop
              (block (result anyref) (br_on_cast_fail 0 anyref (ref 1) (local.get 0))) drop
              (drop (call_ref 3 (i32.const 1) (ref.func 0)))
              (drop (i64.load offset=4294967296 align=2 (i64.const 0)))
              (drop (any.convert_extern (ref.null extern)))
              (block (result i32 exnref) (try_table (catch_ref 0 0) (throw 0 (i32.const 1))) unreachable) drop drop
              (block (result exnref) (try_table (catch_all_ref 0)) unreachable) throw_ref
             )
            )
            """;
}

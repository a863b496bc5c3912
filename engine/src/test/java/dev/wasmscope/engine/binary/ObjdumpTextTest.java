package dev.wasmscope.engine.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.samples.Sample;
import dev.wasmscope.engine.samples.SampleCatalogue;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every line as the real `wasm-objdump -d` prints it.
class ObjdumpTextTest {
    /// wabt 1.0.32 numbers declared locals from the parameter count of the wrong type.
    private static final Pattern LOCAL_NUMBERS = Pattern.compile("local\\[[0-9.]+]");

    /// Of each module so much is compared in every build; all of it with `-Dwasmscope.whole=true` (esbuild: a minute).
    private static final int MOST_LINES = Boolean.getBoolean("wasmscope.whole") ? Integer.MAX_VALUE : 400_000;

    @TempDir
    Path directory;

    @BeforeEach
    void needWabt() {
        Wabt.assumeInstalled();
    }

    @Test
    void everyInstructionThatWabtKnowsIsWrittenAsWabtWritesIt() throws Exception {
        var module = EveryInstruction.module(
                o -> !EveryInstruction.UNKNOWN_TO_WABT.contains(o.feature()) && !EveryInstruction.newerThanWabt(o));
        assertThat(lines(module)).hasSizeGreaterThan(500);
        compare(Files.write(directory.resolve("every.wasm"), module));
    }

    @Test
    void namesAndNestingAreWrittenAsWabtWritesThem() throws Exception {
        var module = Wabt.assemble(directory, NAMED);
        compare(Files.write(directory.resolve("named.wasm"), module));
    }

    @ParameterizedTest
    @MethodSource("dev.wasmscope.engine.binary.RealModules#all")
    void realModuleIsWrittenAsWabtWritesIt(Path module) throws Exception {
        compare(module);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void sampleIsWrittenAsWabtWritesIt(Sample sample) throws Exception {
        var module = SampleCatalogue.load().open(sample.name());
        compare(Files.write(directory.resolve(sample.name() + ".wasm"), module.bytes()));
    }

    private static List<Sample> samples() {
        return SampleCatalogue.load().samples();
    }

    private static List<String> lines(byte[] module) throws MalformedModuleException {
        var text = new StringBuilder();
        new ObjdumpText(module, ModuleReader.read(module), text).functions();
        return text.toString().lines().toList();
    }

    /// Function by function, so that neither text has to be held as a whole.
    private static void compare(Path file) throws IOException, MalformedModuleException {
        var module = Files.readAllBytes(file);
        var facts = ModuleReader.read(module);
        try (var theirs = Wabt.objdump(file, "-d")) {
            var head = new StringBuilder();
            new ObjdumpText(module, facts, head).header(file.getFileName().toString());
            assertThat(take(theirs, (int) head.toString().lines().count()))
                    .isEqualTo(head.toString().lines().toList());
            var compared = 0L;
            for (var function : facts.functions()) {
                var ours = new StringBuilder();
                new ObjdumpText(module, facts, ours).function(function.index());
                var expected = ours.toString().lines().toList();
                var actual = take(theirs, expected.size());
                firstDifference(numbered(actual), numbered(expected), function.index());
                compared += actual.size();
                if (compared > MOST_LINES) {
                    return;
                }
            }
            assertThat(theirs.readLine()).isNull();
        }
    }

    /// The lists may have a hundred thousand lines; a message needs one.
    private static void firstDifference(List<String> actual, List<String> expected, int function) {
        if (!actual.equals(expected)) {
            for (var i = 0; i < Math.min(actual.size(), expected.size()); i++) {
                assertThat(expected.get(i))
                        .as("line %d of function %d", i, function)
                        .isEqualTo(actual.get(i));
            }
            assertThat(expected).as("lines of function %d", function).hasSameSizeAs(actual);
        }
    }

    private static List<String> numbered(List<String> lines) {
        return lines.stream()
                .map(line ->
                        line.contains("local[") ? LOCAL_NUMBERS.matcher(line).replaceFirst("local") : line)
                .toList();
    }

    private static List<String> take(BufferedReader in, int count) throws IOException {
        var lines = new ArrayList<String>();
        String line;
        while (lines.size() < count && (line = in.readLine()) != null) {
            lines.add(line);
        }
        return lines;
    }

    private static final String NAMED = """
            (module $mod
             (type $t (func (param i32 i64) (result i64)))
             (import "env" "log" (func $log (param i32)))
             (import "env" "g" (global $g i32))
             (memory $m 1 2)
             (memory $m2 1)
             (table $tab 3 funcref)
             (elem (table $tab) (i32.const 0) func $f $h)
             (elem $e2 funcref (ref.func $f) (ref.null func))
             (elem declare func $f)
             (tag $tg (param i32))
             (global $x (mut i64) (i64.const -1))
             (data $d1 (i32.const 16) "hello")
             (data $d2 "passive")
             (func $f (export "f") (type $t) (param $a i32) (param $b i64) (result i64) (local $l f32) (local $l2 f32) (local f64)
               (block $bb (loop $ll (br_if $bb (i32.const 5)) (br_table $bb $ll $bb (local.get 0))))
               (local.set $l (f32.const 1.5)) (local.set $l (f32.const nan:0x200000)) (drop (f64.const -inf)) (drop (f32.const 1e-10)) (drop (f64.const 3.14159265358979))
               (i32.store8 offset=3 (i32.const 1) (i32.const -5))
               (drop (i32.load offset=8 (i32.const 1)))
               (drop (i64.load $m2 offset=8 align=1 (i32.const 1)))
               (i32.atomic.store offset=4 (i32.const 8) (i32.const 1))
               (atomic.fence)
               (drop (memory.atomic.notify (i32.const 0) (i32.const 0)))
               (memory.init $d2 (i32.const 0) (i32.const 0) (i32.const 0))
               (memory.copy (i32.const 0) (i32.const 0) (i32.const 0))
               (memory.copy $m2 $m (i32.const 0) (i32.const 0) (i32.const 0))
               (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))
               (data.drop $d2) (elem.drop $e2)
               (table.init $tab $e2 (i32.const 0) (i32.const 0) (i32.const 0))
               (table.copy (i32.const 0) (i32.const 0) (i32.const 0))
               (table.set $tab (i32.const 0) (table.get $tab (i32.const 1)))
               (drop (table.size $tab)) (drop (table.grow $tab (ref.null func) (i32.const 1)))
               (drop (memory.size)) (drop (memory.grow $m2 (i32.const 0)))
               (drop (select (result i32) (i32.const 1) (i32.const 2) (i32.const 3)))
               (drop (select (i32.const 1) (i32.const 2) (i32.const 3)))
               (drop (ref.is_null (ref.func $f)))
               (drop (i32.trunc_sat_f32_s (f32.const 1))) (drop (i32.extend8_s (i32.const 1)))
               (drop (v128.const i32x4 1 2 3 4))
               (drop (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 (v128.const i32x4 1 2 3 4) (v128.const i64x2 1 2)))
               (drop (i32x4.extract_lane 2 (v128.const i32x4 1 2 3 4)))
               (drop (v128.load32_lane offset=4 1 (i32.const 1) (v128.const i32x4 1 2 3 4)))
               (drop (v128.load8_splat (i32.const 0)))
               (drop (v128.load32_zero (i32.const 0)))
               (drop (i8x16.relaxed_swizzle (v128.const i32x4 1 2 3 4) (v128.const i32x4 1 2 3 4)))
               (if (i32.const 0) (then (nop)) (else (unreachable)))
               (drop (if (result i32) (i32.const 0) (then (i32.const 1)) (else (i32.const 2))))
               (drop (call_indirect $tab (type $t) (i32.const 0) (i64.const 1) (i32.const 0)))
               (call $log (global.get $g)) (global.set $x (i64.const 123456789012345))
               try $tr (result i32) i32.const 1 catch $tg catch_all i32.const 2 rethrow $tr end drop
               (try $tr2 (do (call $log2)) (delegate 0))
               (throw $tg (i32.const 0))
             )
             (func $h (param i32) (result i32) (local i32 i32 i64) (return_call $h (local.get 0)))
             (func $log2 (return_call_indirect (param i32) (i32.const 1) (i32.const 0)))
             (func (param i32 i32) (result i32 i32) local.get 0 local.get 1 (block (param i32 i32) (result i32 i32) nop))
             (start $log2)
            )
            """;
}

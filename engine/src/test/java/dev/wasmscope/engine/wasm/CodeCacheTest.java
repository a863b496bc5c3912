package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wasmscope.engine.redis.wasm.RedisModule;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.InstantiationRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeCacheTest {
    private static final ModuleSource ONE = answering(1);
    private static final ModuleSource TWO = answering(2);

    @TempDir
    Path folder;

    private static ModuleSource answering(int value) {
        return Wat.module("(module (memory 1) (data (i32.const 8) \"hi\") (func $stop (export \"stop\") unreachable)"
                + " (func (export \"answer\") (result i32) i32.const %d))".formatted(value));
    }

    /// A runtime as a new process would have it: it remembers nothing.
    private ChicoryRuntime runtime(String version) {
        var cache = new CodeCache(folder, version, 1 << 20);
        return ChicoryRuntime.compiler(HeapBudget.ofThisJava(), cache);
    }

    private CallOutcome call(ModuleSource module, String export) throws Exception {
        return call(module, export, "v1");
    }

    private CallOutcome call(ModuleSource module, String export, String version) throws Exception {
        var request = new InstantiationRequest(module, MemoryKind.PLAIN, Limits.DEFAULT, List.of(), Map.of(), false);
        try (var instance = runtime(version).instantiate(request)) {
            assertThat(instance.memories().getFirst().read(8, 2)).asString().isEqualTo("hi");
            return instance.call(CallRequest.of(export));
        }
    }

    private int answer(ModuleSource module) throws Exception {
        return call(module, "answer") instanceof CallOutcome.Returned(List<Value> results, var _)
                ? results.getFirst().asI32()
                : -1;
    }

    private Path file(ModuleSource module) {
        return folder.resolve(CodeCache.keyOf(module.bytes()) + "-v1.code");
    }

    @Test
    void whatWasCompiledOnceIsLoadedFromDisk() throws Exception {
        assertThat(answer(ONE)).isEqualTo(1);
        assertThat(answer(TWO)).isEqualTo(2);
        // Only code out of the file can answer so.
        Files.copy(file(TWO), file(ONE), StandardCopyOption.REPLACE_EXISTING);
        assertThat(answer(ONE)).isEqualTo(2);
    }

    @Test
    void aTrapInStoredCodeStillNamesItsFunction() throws Exception {
        call(ONE, "stop");
        assertThat(call(ONE, "stop")).isInstanceOfSatisfying(CallOutcome.Trapped.class, trap -> {
            assertThat(trap.reason()).isEqualTo("unreachable");
            assertThat(trap.backtrace().getFirst().name()).isEqualTo("stop");
        });
    }

    @Test
    void aDamagedFileIsSetAsideAndMadeAgain() throws Exception {
        for (var damage : List.of("shorter", "other", "empty")) {
            answer(ONE);
            var bytes = Files.readAllBytes(file(ONE));
            var damaged = bytes.clone();
            switch (damage) {
                case "shorter" -> damaged = Arrays.copyOf(bytes, bytes.length - 3);
                case "other" -> damaged[bytes.length / 2] ^= 1;
                default -> damaged = new byte[0];
            }
            Files.write(file(ONE), damaged);
            assertThat(answer(ONE)).as(damage).isEqualTo(1);
            assertThat(file(ONE)).as(damage).hasBinaryContent(bytes);
            assertThat(folder.resolve(CodeCache.keyOf(ONE.bytes()) + ".damaged"))
                    .hasBinaryContent(damaged);
        }
    }

    @Test
    void codeOfAnotherVersionIsNotUsed() throws Exception {
        answer(ONE);
        answer(TWO);
        Files.copy(file(TWO), file(ONE), StandardCopyOption.REPLACE_EXISTING);
        assertThat(call(ONE, "answer", "v2"))
                .isInstanceOfSatisfying(
                        CallOutcome.Returned.class,
                        returned -> assertThat(returned.results().getFirst().asI32())
                                .isEqualTo(1));
    }

    /// One function more than a method of the JVM can hold, and every start parses and validates the whole module
    /// again.
    @Test
    void redisHasNoFunctionThatHasToBeInterpreted() throws Exception {
        assumeThat(RedisModule.present()).as("redis.wasm was built").isTrue();
        var runtime = ChicoryRuntime.compiler(HeapBudget.ofThisJava());
        var redis = RedisModule.load();
        runtime.prepare(redis);
        var stored = CodeCache.ofUser(ChicoryRuntime.COMPILER).find(CodeCache.keyOf(redis.bytes()));
        assertThat(stored)
                .hasValueSatisfying(code -> assertThat(code.interpreted()).isFalse());
    }

    @Test
    void whatWasUnusedForLongestGoesFirst() throws Exception {
        answer(ONE);
        answer(TWO);
        var code = StoredCode.parse(Files.readAllBytes(file(ONE)));
        age(file(ONE), 1_000);
        age(file(TWO), 2_000);
        var room = Files.size(file(ONE)) + Files.size(file(TWO));
        new CodeCache(folder, "v1", room).put("third", code);
        assertThat(file(ONE)).doesNotExist();
        assertThat(file(TWO)).exists();
        assertThat(folder.resolve("third-v1.code")).exists();
    }

    private static void age(Path file, long millis) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
    }

    @Test
    void aFolderThatCannotBeWrittenCostsOnlyTime() throws Exception {
        Files.delete(folder);
        Files.writeString(folder, "a file, not a folder");
        assertThat(answer(ONE)).isEqualTo(1);
        Files.delete(folder);
        Files.createDirectory(folder);
    }
}

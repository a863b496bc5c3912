package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wasmscope.engine.spi.InstantiationRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ShorterPathsTest {
    @Test
    void classWithoutTheMethodsIsRefusedByNamingThem() throws IOException {
        try (var in = Objects.requireNonNull(ShorterPathsTest.class.getResourceAsStream("ShorterPathsTest.class"))) {
            var other = in.readAllBytes();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ShorterPaths.shorten(other, false))
                    .withMessageContaining("readGlobal")
                    .withMessageContaining("checkInterruption");
        }
    }

    @Test
    void instancesOfOneModuleHaveTheirOwnGlobals() throws Exception {
        var module = Wat.module("""
                (module (global $a (mut i32) (i32.const 5)) (global $b (mut f64) (f64.const 0.5))
                  (func (export "next") (result i64)
                    (global.set $a (i32.add (global.get $a) (i32.const 1)))
                    (global.set $b (f64.mul (global.get $b) (f64.const 2)))
                    (i64.add (i64.extend_i32_s (global.get $a)) (i64.trunc_f64_s (global.get $b)))))""");
        var runtime = Runtimes.builtIn().getFirst();
        var request = new InstantiationRequest(module, MemoryKind.PLAIN, Limits.DEFAULT, List.of(), Map.of(), false);
        try (var one = runtime.instantiate(request);
                var other = runtime.instantiate(request)) {
            var first = one.function("next");
            var second = other.function("next");
            assertThat(List.of(first.call(), first.call(), second.call(), first.call()))
                    .containsExactly(7L, 9L, 7L, 12L);
        }
    }
}

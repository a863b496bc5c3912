package dev.wasmscope.engine.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.wasm.types.ValType;
import dev.wasmscope.engine.spi.WasiGrants;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WasiSignatureTest {
    @Test
    void everyFunctionThatIsOfferedIsKnownByTheTypesOfItsArguments() throws IOException {
        try (var wasi = new WasiModule(WasiGrants.NONE, new OutputRing(1), new OutputRing(1), new WasiTracer(false))) {
            assertThat(wasi.imports()).hasSizeGreaterThan(40).allSatisfy(function -> {
                assertThat(WasiSignature.knows(function.name()))
                        .as(function.name())
                        .isTrue();
                assertThat(types(function))
                        .as(function.name())
                        .isEqualTo(function.functionType().params());
            });
        }
    }

    private static List<ValType> types(ImportFunction function) {
        var signature = WasiSignature.of(
                function.name(), function.functionType().params().size());
        var types = new ArrayList<ValType>();
        for (var parameter : signature.parameters()) {
            assertThat(parameter.at()).isEqualTo(types.size());
            switch (parameter.kind()) {
                case U64, S64, RIGHTS -> types.add(parameter.out() ? ValType.I32 : ValType.I64);
                default -> types.add(ValType.I32);
            }
            if (parameter.kind().width() == 2) {
                types.add(ValType.I32);
            }
        }
        return types;
    }

    @Test
    void functionThatNobodyKnowsHasPlainArguments() {
        assertThat(WasiSignature.of("fd_dance", 2).parameters())
                .extracting(WasiSignature.Parameter::name)
                .containsExactly("arg0", "arg1");
        assertThat(WasiSignature.of("fd_write", 9).parameters()).hasSize(9);
    }
}

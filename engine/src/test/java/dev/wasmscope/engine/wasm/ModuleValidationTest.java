package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.binary.ModuleFiles;
import dev.wasmscope.engine.wasm.ModuleValidation.Verdict;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ModuleValidationTest {
    private static Verdict validate(String hex) {
        return ModuleValidation.validate(HexFormat.of().parseHex(("00 61 73 6d 01 00 00 00" + hex).replace(" ", "")));
    }

    @Test
    void sampleIsValid() throws Exception {
        assertThat(ModuleValidation.validate(ModuleFiles.read("sample:strings").bytes()))
                .isEqualTo(new Verdict.Valid());
    }

    @Test
    void functionThatReturnsTheWrongTypeIsInvalid() {
        assertThat(validate("01 05 01 60 00 01 7f 03 02 01 00 0a 06 01 04 00 42 00 0b"))
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class,
                        v -> assertThat(v.reason()).contains("type mismatch").endsWith("."));
    }

    @Test
    void bodyThatCannotBeDecodedSaysWhere() {
        assertThat(validate("01 04 01 60 00 00 03 02 01 00 0a 05 01 03 00 ff 0b"))
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class, v -> assertThat(v.reason()).contains("at byte offset 0x17"));
    }

    @Test
    void whatChicoryDoesNotKnowIsNotCalledInvalid() {
        assertThat(validate("05 03 01 04 01"))
                .isInstanceOfSatisfying(
                        Verdict.Unsupported.class, v -> assertThat(v.reason()).contains("memory64"));
    }
}

package dev.wasmscope.engine.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    private static Value good(ValueType type, String text) {
        return ((Values.Good) Values.parse(type, text)).value();
    }

    @ParameterizedTest
    @CsvSource({
        "42, 42",
        "-1, -1",
        "4294967295, -1",
        "0xffffffff, -1",
        "-0x80000000, -2147483648",
        "1_000, 1000",
        "+7, 7"
    })
    void integersAreReadSignedUnsignedAndInHexadecimal(String text, int value) {
        assertThat(good(ValueType.I32, text)).isEqualTo(Value.i32(value));
    }

    @Test
    void wideIntegersHoldTheirWholeRange() {
        assertThat(good(ValueType.I64, "18446744073709551615")).isEqualTo(Value.i64(-1));
        assertThat(good(ValueType.I64, "-9223372036854775808")).isEqualTo(Value.i64(Long.MIN_VALUE));
        assertThat(good(ValueType.V128, "0x0102030405060708090a0b0c0d0e0f10"))
                .isEqualTo(new Value(ValueType.V128, 0x090a0b0c0d0e0f10L, 0x0102030405060708L));
    }

    @Test
    void floatsAreReadInEveryForm() {
        assertThat(good(ValueType.F32, "0.1")).isEqualTo(Value.f32(0.1f));
        assertThat(good(ValueType.F64, "-1.5e3")).isEqualTo(Value.f64(-1500));
        assertThat(good(ValueType.F64, "0x1.8p3")).isEqualTo(Value.f64(12));
        assertThat(good(ValueType.F64, "-0")).isEqualTo(Value.f64(-0.0));
        assertThat(good(ValueType.F32, "-inf")).isEqualTo(Value.f32(Float.NEGATIVE_INFINITY));
        assertThat(good(ValueType.F64, "nan").asF64()).isNaN();
    }

    @Test
    void referencesAreNullOrAnIndex() {
        assertThat(good(ValueType.FUNCREF, "null").toString()).isEqualTo("null");
        assertThat(good(ValueType.EXTERNREF, "3").toString()).isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource({
        "i32, 4294967296",
        "i32, abc",
        "i32, --1",
        "i32, 0x",
        "i32, 1.5",
        "i32, ''",
        "f32, 1f",
        "f64, 0x",
        "f64, 1e",
        "funcref, -1"
    })
    void whatDoesNotFitIsExplainedInASentence(String type, String text) {
        var of = switch (type) {
            case "i32" -> ValueType.I32;
            case "f32" -> ValueType.F32;
            case "f64" -> ValueType.F64;
            default -> ValueType.FUNCREF;
        };
        assertThat(Values.parse(of, text))
                .isInstanceOfSatisfying(
                        Values.Bad.class,
                        bad -> assertThat(bad.reason()).endsWith(".").contains(type));
    }
}

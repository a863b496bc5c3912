package dev.wasmscope.views.hex;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InspectorTest {
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;

    @Test
    void integersAreReadSignedAndUnsignedInBothOrders() {
        var bytes = bytes(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x80);
        assertThat(value(bytes, LE, "i8")).isEqualTo("-2");
        assertThat(value(bytes, LE, "u8")).isEqualTo("254");
        assertThat(value(bytes, LE, "i16")).isEqualTo("-2");
        assertThat(value(bytes, LE, "u16")).isEqualTo("65534");
        assertThat(value(bytes, LE, "i32")).isEqualTo("-2");
        assertThat(value(bytes, LE, "u32")).isEqualTo("4294967294");
        assertThat(value(bytes, LE, "i64")).isEqualTo("-9151314442816847874");
        assertThat(value(bytes, LE, "u64")).isEqualTo("9295429630892703742");
        assertThat(value(bytes, ByteOrder.BIG_ENDIAN, "u16")).isEqualTo("65279");
        assertThat(value(bytes, ByteOrder.BIG_ENDIAN, "i32")).isEqualTo("-16777217");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, -0.0, 3.0e-310, Double.MIN_VALUE, Double.MAX_VALUE, 1.0 / 3, Double.NEGATIVE_INFINITY})
    void doublesReadBackToTheSameBits(double value) {
        var bytes = ByteBuffer.allocate(8).order(LE).putDouble(value).array();
        var shown = value(bytes, LE, "f64");
        assertThat(Double.doubleToRawLongBits(Double.parseDouble(shown))).isEqualTo(Double.doubleToRawLongBits(value));
    }

    @Test
    void notANumberKeepsItsPayload() {
        assertThat(Inspector.f64(0x7ff8_0000_0000_0001L)).isEqualTo("nan:0x8000000000001");
        assertThat(Inspector.f32(0x7fc0_0000)).isEqualTo("nan:0x400000");
    }

    @ParameterizedTest
    @CsvSource({
        "e58e26, 624485, 3, 624485",
        "7f, 127, 1, -1",
        "80818000, 128, 4, 128",
        "c0bb78, 1973696, 3, -123456",
        "ffffffffffffffffff01, 18446744073709551615, 10, –",
        "ffffffffffffffffff7f, –, 10, -1",
        "ffffffffffffffffffff, –, 0, –",
        "8080, –, 0, –"
    })
    void leb128(String hex, String unsigned, int length, String signed) {
        var bytes = HexFormat.of().parseHex(hex);
        var u = Inspector.leb(bytes, false);
        assertThat(u.text()).isEqualTo(unsigned);
        if (u.value().isPresent()) {
            assertThat(u.length()).isEqualTo(length);
        }
        assertThat(Inspector.leb(bytes, true).text()).isEqualTo(signed);
    }

    @ParameterizedTest
    @CsvSource({"A, A U+0041, 1", "é, é U+00E9, 2", "€, € U+20AC, 3", "🦀, 🦀 U+1F980, 4"})
    void charactersOfEveryLength(String text, String shown, int length) {
        var utf8 = Inspector.utf8(text.getBytes(StandardCharsets.UTF_8));
        assertThat(utf8).isEqualTo(new Inspector.Reading("UTF-8", Optional.of(shown), length));
        var utf16 = Inspector.utf16(text.getBytes(StandardCharsets.UTF_16LE), LE);
        assertThat(utf16.text()).isEqualTo(shown);
        assertThat(Inspector.utf16(text.getBytes(StandardCharsets.UTF_16BE), ByteOrder.BIG_ENDIAN)
                        .text())
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "c0af",
                "c1bf",
                "e08080",
                "e09f80",
                "eda080",
                "f0808080",
                "f4908080",
                "f5808080",
                "e282",
                "ff"
            })
    void malformedUtf8IsNoCharacter(String hex) {
        assertThat(Inspector.utf8(HexFormat.of().parseHex(hex)).value()).isEmpty();
    }

    @Test
    void wellFormedUtf8AgreesWithJavasDecoder() {
        for (int codePoint = 0; codePoint <= 0x10ffff; codePoint += 7) {
            if (codePoint < 0xd800 || codePoint > 0xdfff) {
                var bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
                assertThat(Utf8.length(bytes, 0)).isEqualTo(bytes.length);
                assertThat(Utf8.codePoint(bytes, 0, bytes.length)).isEqualTo(codePoint);
            }
        }
    }

    @Test
    void stringEndsAtNulAtControlsAndAtTheWindow() {
        assertThat(Inspector.text("hello, wasm\0x".getBytes(StandardCharsets.UTF_8))
                        .text())
                .isEqualTo("hello, wasm");
        assertThat(Inspector.text(bytes('a', '\n', 'b', 1)).text()).isEqualTo("a\\nb");
        assertThat(Inspector.text(bytes(0)).value()).isEmpty();
        assertThat(Inspector.text("ab€".getBytes(StandardCharsets.UTF_8)).length())
                .isEqualTo(5);
    }

    @Test
    void loneSurrogateIsNoCharacter() {
        assertThat(Inspector.utf16(bytes(0x00, 0xd8, 0x41, 0x00), LE).value()).isEmpty();
        assertThat(Inspector.utf16(bytes(0x00, 0xdc), LE).value()).isEmpty();
    }

    @Test
    void tooFewBytesAreNoValue() {
        for (int length = 0; length < 8; length++) {
            var readings = Inspector.read(Arrays.copyOf(bytes(1, 2, 3, 4, 5, 6, 7), length), LE);
            assertThat(readings).hasSize(15);
            assertThat(readings).allMatch(r -> r.length() == 0 || r.value().isPresent());
        }
        assertThat(value(bytes(1, 2, 3), LE, "i32")).isEqualTo("–");
        assertThat(value(bytes(), LE, "i8")).isEqualTo("–");
    }

    private static String value(byte[] bytes, ByteOrder order, String type) {
        return Inspector.read(bytes, order).stream()
                .filter(r -> r.type().equals(type))
                .findFirst()
                .orElseThrow()
                .text();
    }

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}

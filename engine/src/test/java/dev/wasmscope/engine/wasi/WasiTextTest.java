package dev.wasmscope.engine.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.WasiValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WasiTextTest {
    private static WasiValue bytes(int length, byte... head) {
        return new WasiValue.Bytes(new WasiValue.Span(16, length), head);
    }

    @Test
    void bytesAreTextWhereTheyAreSomeAndElseHexadecimal() {
        assertThat(WasiText.of(bytes(4, "a\"\n\0".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("0x10 \"a\\\"\\n\\x00\"");
        assertThat(WasiText.of(bytes(2, (byte) 0xff, (byte) 1))).isEqualTo("0x10 <ff 01>");
        assertThat(WasiText.of(bytes(9, (byte) 'a'))).isEqualTo("0x10 \"a\"… 9 bytes");
        assertThat(WasiText.of(bytes(30, new byte[] {
                    (byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
                })))
                .endsWith("00>… 30 bytes");
    }

    @Test
    void characterThatTheCutWentThroughIsLeftOut() {
        var text = "xü€😀".getBytes(StandardCharsets.UTF_8);
        assertThat(WasiText.of(bytes(99, Arrays.copyOf(text, text.length - 1)))).isEqualTo("0x10 \"xü€\"… 99 bytes");
        assertThat(WasiText.of(bytes(99, text))).isEqualTo("0x10 \"xü€😀\"… 99 bytes");
        assertThat(WasiText.of(bytes(99, Arrays.copyOf(text, 2)))).isEqualTo("0x10 \"x\"… 99 bytes");
    }

    @Test
    void manyFlagsAreCountedAndUnknownOnesShown() {
        assertThat(WasiText.of(WasiNames.flags(WasiNames.OPEN_FLAGS, 9))).isEqualTo("creat|trunc");
        assertThat(WasiText.of(WasiNames.flags(WasiNames.OPEN_FLAGS, 0x41))).isEqualTo("creat|0x40");
        assertThat(WasiText.of(WasiNames.flags(WasiNames.RIGHTS, 0xff))).isEqualTo("0xff (8 flags)");
        assertThat(WasiText.of(WasiNames.flags(WasiNames.RIGHTS, 0))).isEqualTo("0");
        assertThat(WasiText.of(WasiNames.one(WasiNames.WHENCE, 77))).isEqualTo("77");
        assertThat(WasiNames.errno(200)).isEqualTo("errno 200");
    }

    @Test
    void longListsAreCutAndSaySo() {
        var pieces = new WasiValue.Pieces(new WasiValue.Span(0, 80), 10, List.of(bytes(1, (byte) 'a')));
        assertThat(WasiText.of(pieces)).isEqualTo("[0x10 \"a\", … 9 more]");
    }
}

package dev.wasmscope.views.hex;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CopyFormatTest {
    private static final byte[] BYTES = {'h', 'i', 0, (byte) 0xff};

    @Test
    void hexIsSeparatedByBlanks() {
        assertThat(CopyFormat.HEX.format(BYTES)).isEqualTo("68 69 00 ff");
    }

    @Test
    void textIsUtf8WithReplacementsForWhatIsNot() {
        assertThat(CopyFormat.TEXT.format("grüß".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo("grüß");
        assertThat(CopyFormat.TEXT.format(BYTES)).isEqualTo("hi\0\ufffd");
    }

    @Test
    void cArrayIsTwelveBytesALine() {
        assertThat(CopyFormat.C_ARRAY.format(new byte[13]))
                .startsWith("const unsigned char bytes[13] = {\n    0x00, 0x00,")
                .endsWith("0x00,\n    0x00,\n};\n");
    }
}

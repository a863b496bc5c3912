package dev.wasmscope.plugins.strings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StringScanTest {
    @Test
    void stringsAreFoundWithOffsetAndAddress() throws Exception {
        var module = module("\0hello, wasm\0ab\0größe ✓\0\u00ff".getBytes(StandardCharsets.UTF_8));
        var found = StringScan.scan(module, 4);
        assertThat(found).extracting(FoundString::text).containsExactly("hello, wasm", "größe ✓");
        var first = found.getFirst();
        assertThat(first.address()).isEqualTo(OptionalLong.of(1025));
        assertThat(new String(module, (int) first.offset(), first.length(), StandardCharsets.UTF_8))
                .isEqualTo("hello, wasm");
        assertThat(found.get(1).length()).isEqualTo("größe ✓".getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void brokenUtf8EndsAString() throws Exception {
        var bytes =
                new byte[] {'a', 'b', 'c', 'd', (byte) 0xC3, 'e', 'f', 'g', 'h', (byte) 0xF8, (byte) 0xE2, (byte) 0x82};
        assertThat(StringScan.scan(module(bytes), 4))
                .extracting(FoundString::text)
                .containsExactly("abcd", "efgh");
    }

    @Test
    void damagedModulesAreRefusedWithTheOffset() throws Exception {
        assertRefused(new byte[0], "first bytes");
        assertRefused("not a module".getBytes(StandardCharsets.US_ASCII), "first bytes");
        var whole = module("hello".getBytes(StandardCharsets.US_ASCII));
        for (var length = 9; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), "at offset 0x");
        }
        var claimed = whole.clone();
        claimed[9] = 0x7F;
        assertRefused(claimed, "127 bytes are claimed");
    }

    @Test
    void moduleWithoutDataHasNoStrings() throws Exception {
        assertThat(StringScan.scan(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}, 4))
                .isEmpty();
    }

    @Test
    void jsonEscapesWhatMustBeEscaped() throws Exception {
        var found = StringScan.scan(module("say \"hi\"\n\\".getBytes(StandardCharsets.US_ASCII)), 4);
        assertThat(Json.of(found))
                .contains("\"text\": \"say \\\"hi\\\"\\n\\\\\"")
                .contains("\"address\": 1024");
    }

    private static void assertRefused(byte[] module, String reason) {
        assertThatThrownBy(() -> StringScan.scan(module, 4))
                .isInstanceOf(DataSection.MalformedException.class)
                .hasMessageContaining(reason);
    }

    /// One active segment at address 1024; short enough for one-byte lengths.
    private static byte[] module(byte[] data) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(
                new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 11, (byte) (data.length + 7), 1, 0, 0x41, (byte) 0x80, 8, 0x0B
                });
        out.write(data.length);
        out.writeBytes(data);
        return out.toByteArray();
    }
}

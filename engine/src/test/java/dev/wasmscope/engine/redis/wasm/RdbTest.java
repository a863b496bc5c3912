package dev.wasmscope.engine.redis.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RdbTest {
    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// An empty data set, as Redis 7.0 writes it.
    private static byte[] empty() {
        var body = ascii("REDIS0010\u007f");
        body[body.length - 1] = (byte) 0xff;
        return ByteBuffer.allocate(body.length + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(body)
                .putLong(Rdb.crc(body, body.length))
                .array();
    }

    @Test
    void checksumIsThatOfRedis() {
        // The test vector in Redis's crc64.c.
        assertThat(Rdb.crc(ascii("123456789"), 9)).isEqualTo(0xe9c6d914c4b8d9caL);
    }

    @Test
    void wholeFileIsAccepted() {
        assertThatCode(() -> Rdb.check(empty())).doesNotThrowAnyException();
    }

    @Test
    void changedByteAndMissingEndAreNoticed() {
        var changed = empty();
        changed[9] ^= 1;
        assertThatThrownBy(() -> Rdb.check(changed)).hasMessageContaining("checksum does not match");
        var cut = java.util.Arrays.copyOf(empty(), 12);
        assertThatThrownBy(() -> Rdb.check(cut)).hasMessage("The file ends too early, after 12 bytes.");
    }

    @Test
    void otherFilesAndNewerVersionsAreRefusedWithTheReason() {
        assertThatThrownBy(() -> Rdb.check(new byte[0])).hasMessageContaining("no .rdb file");
        assertThatThrownBy(() -> Rdb.check(ascii("\0asm\1\0\0\0 and more"))).hasMessageContaining("no .rdb file");
        assertThatThrownBy(() -> Rdb.check(ascii("REDISxx\n1 and more"))).hasMessageContaining("\"xx?1\"");
        assertThatThrownBy(() -> Rdb.check(ascii("REDIS0011 and more")))
                .hasMessageContaining("version 11")
                .hasMessageContaining("up to 10");
    }
}

package dev.wasmscope.engine.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyScannerTest {
    private static final String EVERY_TYPE = String.join(
            "\r\n", "+OK", ":1", "$5", "a\r\nbc", "$-1", "$0", "", "*-1", "*0", "*2", "*1", ":1", "$1", "x", "_", "#t",
            ",1.5", "(123", "=7", "txt:abc", "%2", "+a", ":1", "+b", "*1", ":2", "~1", ":1", ">1", "+push", "|1", "+k",
            "+v", ":9", "");

    @Test
    void everyTypeIsOneReply() throws IOException {
        assertThat(new ReplyScanner().scan(bytes(EVERY_TYPE))).isEqualTo(17);
    }

    @Test
    void repliesMayComeByteByByte() throws IOException {
        var scanner = new ReplyScanner();
        int ended = 0;
        for (byte b : EVERY_TYPE.getBytes(StandardCharsets.US_ASCII)) {
            ended += scanner.scan(ByteBuffer.wrap(new byte[] {b}));
        }
        assertThat(ended).isEqualTo(17);
        assertThat(scanner.error()).isEmpty();
    }

    @Test
    void firstErrorIsKept() throws IOException {
        var scanner = new ReplyScanner();
        assertThat(scanner.scan(bytes("-ERR one\r\n-ERR two\r\n"))).isEqualTo(2);
        assertThat(scanner.error()).isEqualTo("ERR one");
    }

    @Test
    void claimedLengthIsWaitedForAndNothingElse() throws IOException {
        assertThat(new ReplyScanner().scan(bytes("$999999999999999\r\nabc"))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello\r\n", "$x\r\n", "$\r\n", "*99999999999\r\n", "$9999999999999999999\r\n", "$1-\r\n"})
    void whatIsNotRespThrows(String text) {
        assertThatThrownBy(() -> new ReplyScanner().scan(bytes(text)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("sent");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}

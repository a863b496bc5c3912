package dev.wasmscope.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.resp.RespDecoder;
import dev.wasmscope.engine.resp.RespLimits;
import dev.wasmscope.engine.resp.RespValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "+OK~ ! OK~",
                "-ERR no~ ! (error) ERR no~",
                ":-7~ ! (integer) -7~",
                ",3.5~ ! (double) 3.5~",
                ",10~ ! (double) 10~",
                ",-inf~ ! (double) -inf~",
                "#t~ ! (true)~",
                "_~ ! (nil)~",
                "(12345678901234567890~ ! (big number) 12345678901234567890~",
                "$5~he\"lo~ ! \"he\\\"lo\"~",
                "*0~ ! (empty array)~",
                "*2~:1~*2~+a~+b~ ! 1) (integer) 1~2) 1) a~   2) b~",
                "%2~+a~:1~+b~*1~:2~ ! 1# a => (integer) 1~2# b~   => 1) (integer) 2~",
                "=5~txt:x~ ! x~",
            })
    void repliesLookAsInRedisCli(String wire, String text) {
        assertThat(text(ReplyText.of(reply(wire)))).isEqualTo(text.replace('~', '\n'));
    }

    @Test
    void setIsMarked() throws Exception {
        var set = new RespValue.SetReply(List.of(bulk("a")));

        assertThat(text(ReplyText.of(set))).isEqualTo("1~ \"a\"\n");
    }

    @Test
    void everyByteIsShown() {
        var bytes = new byte[] {
            0, 7, '\n', 'a', (byte) 0xff, (byte) 0xc3, (byte) 0xa9, (byte) 0xe2, (byte) 0x80, (byte) 0xae
        };

        // A right-to-left override would turn the rest of the line around.
        assertThat(text(ReplyText.of(new RespValue.Bulk(bytes)))).isEqualTo("\"\\x00\\a\\na\\xffé\\xe2\\x80\\xae\"\n");
    }

    @Test
    void manyItemsAreCountedInsteadOfDrawn() {
        var items = Collections.<RespValue>nCopies(1_000_000, new RespValue.Int(1));

        var spans = ReplyText.of(new RespValue.Array(items));

        assertThat(spans).hasSizeLessThan(20_000);
        assertThat(spans.getLast().text()).contains("more");
        assertThat(WireText.of(new RespValue.Array(items), 3).getLast().text()).contains("more lines");
    }

    @Test
    void longStringIsCutWithItsLength() {
        assertThat(text(ReplyText.of(bulk("x".repeat(100_000)))))
                .hasSizeLessThan(70_000)
                .contains("and 34,464 more bytes");
    }

    @Test
    void wireShowsTypesLengthsAndLineEnds() {
        var reply = new RespValue.Array(List.of(bulk("a\r\nb"), new RespValue.Nil(), new RespValue.Int(3)));

        assertThat(text(WireText.of(reply, 3))).isEqualTo("""
                *3\\r\\n
                $4\\r\\n
                a\\r\\nb\\r\\n
                _\\r\\n
                :3\\r\\n
                """);
        assertThat(text(WireText.of(new RespValue.Nil(), 2))).isEqualTo("$-1\\r\\n\n");
    }

    private static RespValue reply(String wire) {
        try {
            var value = new RespDecoder(RespLimits.DEFAULT)
                    .decode(ByteBuffer.wrap(wire.replace("~", "\r\n").getBytes(StandardCharsets.UTF_8)));
            return Objects.requireNonNull(value, "the wire holds a whole value");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static RespValue bulk(String text) {
        return new RespValue.Bulk(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(List<Span> spans) {
        return spans.stream().map(Span::text).collect(Collectors.joining());
    }
}

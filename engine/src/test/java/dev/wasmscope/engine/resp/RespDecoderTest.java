package dev.wasmscope.engine.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RespDecoderTest {
    private static final List<RespValue> EVERY_TYPE = List.of(
            new RespValue.SimpleString("OK"),
            new RespValue.SimpleString(""),
            new RespValue.SimpleError("WRONGTYPE Operation against a key"),
            new RespValue.Int(0),
            new RespValue.Int(Long.MIN_VALUE),
            new RespValue.Int(Long.MAX_VALUE),
            bulk(""),
            bulk("two\r\nlines\0and a zero"),
            new RespValue.Bulk(new byte[] {(byte) 0xff, (byte) 0xfe, 0, '\r'}),
            new RespValue.BulkError("SYNTAX a\r\nb".getBytes(StandardCharsets.UTF_8)),
            new RespValue.Verbatim("mkd", "# head\r\n".getBytes(StandardCharsets.UTF_8)),
            new RespValue.Nil(),
            new RespValue.Bool(true),
            new RespValue.Bool(false),
            new RespValue.Dbl(3.25),
            new RespValue.Dbl(-1e300),
            new RespValue.Dbl(Double.POSITIVE_INFINITY),
            new RespValue.Dbl(Double.NEGATIVE_INFINITY),
            new RespValue.Dbl(Double.NaN),
            new RespValue.BigNumber(new BigInteger("-3492890328409238509324850943850943825024385")),
            new RespValue.Array(List.of()),
            new RespValue.Array(List.of(new RespValue.Int(1), new RespValue.Array(List.of(new RespValue.Nil())))),
            new RespValue.SetReply(List.of(bulk("a"), bulk("b"))),
            new RespValue.MapReply(List.of(new RespValue.Entry(bulk("k"), new RespValue.Dbl(1.5)))),
            new RespValue.MapReply(List.of()),
            new RespValue.Push(List.of(bulk("message"), bulk("ch"), bulk("hello"))),
            new RespValue.Attributed(
                    List.of(new RespValue.Entry(bulk("ttl"), new RespValue.Int(60))), new RespValue.Int(7)),
            new RespValue.Array(List.of(
                    new RespValue.Int(1),
                    new RespValue.Attributed(
                            List.of(new RespValue.Entry(bulk("ttl"), new RespValue.Int(60))),
                            new RespValue.Array(List.of(new RespValue.Int(2)))))));

    static List<RespValue> everyType() {
        return EVERY_TYPE;
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void everyTypeComesBackAsItWasWritten(RespValue value) throws RespException {
        var decoder = new RespDecoder(RespLimits.DEFAULT);

        var decoded = decoder.decode(ByteBuffer.wrap(RespEncoder.value(value)));

        assertThat(text(decoded)).isEqualTo(text(value));
        assertThat(decoder.idle()).isTrue();
    }

    @Test
    void streamCutAtEveryByteGivesTheSameValues() throws RespException {
        var stream = new java.io.ByteArrayOutputStream();
        EVERY_TYPE.forEach(value -> stream.writeBytes(RespEncoder.value(value)));
        stream.writeBytes(bytes("$?\r\n;4\r\nHell\r\n;1\r\no\r\n;0\r\n*?\r\n:1\r\n%?\r\n+a\r\n:2\r\n.\r\n.\r\n"));
        var all = stream.toByteArray();
        var whole = decodeAll(all, all.length);

        assertThat(whole).hasSize(EVERY_TYPE.size() + 2);
        for (var cut = 1; cut < all.length; cut++) {
            assertThat(decodeAll(all, cut)).as("cut after %d bytes", cut).isEqualTo(whole);
        }
    }

    @Test
    void streamInSingleBytesGivesTheSameValues() throws RespException {
        var stream = new java.io.ByteArrayOutputStream();
        EVERY_TYPE.forEach(value -> stream.writeBytes(RespEncoder.value(value)));
        var decoder = new RespDecoder(RespLimits.DEFAULT);
        var values = new ArrayList<String>();

        for (var b : stream.toByteArray()) {
            var value = decoder.decode(ByteBuffer.wrap(new byte[] {b}));
            if (value != null) {
                values.add(text(value));
            }
        }

        assertThat(values)
                .isEqualTo(EVERY_TYPE.stream().map(RespDecoderTest::text).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"$-1\r\n", "*-1\r\n", "_\r\n"})
    void everyFormOfNullIsNil(String wire) throws RespException {
        assertThat(new RespDecoder(RespLimits.DEFAULT).decode(wire(wire))).isEqualTo(new RespValue.Nil());
    }

    @Test
    void streamedStringIsOneString() throws RespException {
        var value = new RespDecoder(RespLimits.DEFAULT).decode(wire("$?\r\n;4\r\nHell\r\n;1\r\no\r\n;0\r\n"));

        assertThat(text(value)).isEqualTo(text(bulk("Hello")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "HTTP/1.1 400 Bad Request\\r\\n|begins no RESP value",
                "+OK\\n|without a carriage return",
                "\\r\\n|says nothing",
                ":12a\\r\\n|no 64-bit number",
                ":\\r\\n|no 64-bit number",
                ":9223372036854775808\\r\\n|no 64-bit number",
                ":-9223372036854775809\\r\\n|no 64-bit number",
                ":-\\r\\n|no 64-bit number",
                "#x\\r\\n|neither t nor f",
                ",0x1p3\\r\\n|no number",
                ",1d\\r\\n|no number",
                "(12.5\\r\\n|no big number",
                "_x\\r\\n|nothing belongs",
                "$-2\\r\\n|claims -2 bytes",
                "$3\\r\\nabcde|not ended by a line end",
                "=2\\r\\nab\\r\\n|three letters and a colon",
                "*-2\\r\\n|claims -2 items",
                "%-1\\r\\n|claims -1 items",
                "*1\\r\\n>1\\r\\n|push came inside",
                ".\\r\\n|outside of one",
                "*1\\r\\n.\\r\\n|outside of one",
                "%?\\r\\n:1\\r\\n.\\r\\n|one more belongs",
                ";4\\r\\n|outside of a streamed string",
                "$?\\r\\n:4\\r\\n|instead of its next piece",
                ">?\\r\\n|no 64-bit number",
                "+a\\rb\\r\\n|holds a carriage return"
            })
    void malformedBytesAreRefusedWithTheirOffset(String wire, String sentence) {
        var raw = wire.replace("\\r", "\r").replace("\\n", "\n");

        assertThatThrownBy(() -> new RespDecoder(RespLimits.DEFAULT).decode(wire(raw)))
                .isInstanceOf(RespException.class)
                .hasMessageContaining(sentence)
                .hasMessageMatching(".*\\(byte [\\d,]+ of the stream\\)\\.");
    }

    @Test
    void offsetCountsFromTheBeginningOfTheStream() throws RespException {
        var decoder = new RespDecoder(RespLimits.DEFAULT);
        var in = wire("+OK\r\n:1\r\n:x\r\n");
        decoder.decode(in);
        decoder.decode(in);

        assertThatThrownBy(() -> decoder.decode(in))
                .isInstanceOfSatisfying(
                        RespException.class, e -> assertThat(e.offset()).isEqualTo(9));
    }

    @Test
    void claimedGigabyteCostsNothingUntilItComes() throws RespException {
        var decoder = new RespDecoder(new RespLimits(Integer.MAX_VALUE - 16, Integer.MAX_VALUE, 64, Long.MAX_VALUE));
        var before = allocated();

        assertThat(decoder.decode(wire("*2147483647\r\n$2147483000\r\nabc"))).isNull();

        assertThat(allocated() - before).isLessThan(1 << 20);
    }

    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
    }

    @Test
    void valuesDeeperThanTheLimitAreRefused() {
        var deep = "*1\r\n".repeat(100_000);

        assertThatThrownBy(() -> new RespDecoder(RespLimits.DEFAULT).decode(wire(deep)))
                .isInstanceOf(RespException.class)
                .hasMessageContaining("nested deeper than 64 levels");
    }

    @Test
    void replyLargerThanTheLimitIsRefused() {
        var decoder = new RespDecoder(new RespLimits(1000, 1000, 8, 100));

        assertThatThrownBy(() -> decoder.decode(wire("*50\r\n" + ":1\r\n".repeat(50))))
                .isInstanceOf(RespException.class)
                .hasMessageContaining("more than 100 bytes");
    }

    @Test
    void stringLargerThanTheLimitIsRefusedAtItsClaim() {
        var decoder = new RespDecoder(new RespLimits(1000, 1000, 8, 10_000));

        assertThatThrownBy(() -> decoder.decode(wire("$1001\r\n")))
                .hasMessageContaining("claims 1,001 bytes; from 0 to 1,000 are taken");
        var streamed = new RespDecoder(new RespLimits(1000, 1000, 8, 10_000));
        assertThatThrownBy(() -> streamed.decode(wire("$?\r\n;600\r\n" + "x".repeat(600) + "\r\n;600\r\n")))
                .hasMessageContaining("claims 600 bytes; from 0 to 400 are taken");
    }

    @Test
    void endlessStreamedAggregateIsRefused() {
        var decoder = new RespDecoder(new RespLimits(1000, 10, 8, 10_000));

        assertThatThrownBy(() -> decoder.decode(wire("*?\r\n" + ":1\r\n".repeat(30))))
                .hasMessageContaining("more than 10 items");
    }

    @Test
    void endlessLineIsRefused() {
        assertThatThrownBy(() -> new RespDecoder(RespLimits.DEFAULT).decode(wire("+" + "x".repeat(70_000))))
                .hasMessageContaining("A line has more than 65,536 bytes");
    }

    @Test
    void lineEndCannotBeSmuggledIntoASimpleString() {
        assertThatThrownBy(() -> RespEncoder.value(new RespValue.SimpleString("a\r\n:1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> decodeAll(byte[] all, int cut) throws RespException {
        var decoder = new RespDecoder(RespLimits.DEFAULT);
        var values = new ArrayList<String>();
        for (var part : List.of(ByteBuffer.wrap(all, 0, cut), ByteBuffer.wrap(all, cut, all.length - cut))) {
            for (var value = decoder.decode(part); value != null; value = decoder.decode(part)) {
                values.add(text(value));
            }
        }
        return values;
    }

    private static RespValue bulk(String text) {
        return new RespValue.Bulk(bytes(text));
    }

    /// Records of arrays compare by identity: the bytes on the wire stand for the value.
    private static String text(@org.jspecify.annotations.Nullable RespValue value) {
        return value == null ? "nothing" : new String(RespEncoder.value(value), StandardCharsets.ISO_8859_1);
    }

    private static ByteBuffer wire(String text) {
        return ByteBuffer.wrap(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

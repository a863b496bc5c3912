package dev.wasmscope.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class SentCountsTest {
    @Test
    void addingWhatWasSentIsAddingTheHistogram() {
        var random = new Random(4);
        for (int round = 0; round < 50; round++) {
            var sent = Distribution.newHistogram();
            for (int i = 0; i < 200; i++) {
                sent.recordValueWithCount(
                        1 + (random.nextLong() >>> (25 + random.nextInt(39))), 1L << random.nextInt(40));
            }
            sent.recordValue(Distribution.HIGHEST_NANOS);
            var tally = new Tally();
            tally.add(27_000, 1);
            SentCounts.read(Distribution.encode(sent)).addTo(tally);
            sent.recordValue(Buckets.lowest(27_000));
            assertThat(tally.copy().encoded()).isEqualTo(Distribution.encode(sent));
        }
    }

    @Test
    void emptyHistogramAddsNothing() {
        var tally = new Tally();
        SentCounts.read(Distribution.encode(Distribution.newHistogram())).addTo(tally);
        assertThat(tally.isEmpty()).isTrue();
        assertThat(tally.copy().samples()).isZero();
    }

    @Test
    void histogramOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> SentCounts.read(Distribution.encode(new Histogram(1, 1000, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 digits");
        assertThatThrownBy(() -> SentCounts.read("junk!")).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> SentCounts.read("AAAA")).hasMessageContaining("too early");
        assertThatThrownBy(() -> SentCounts.read("AAAAAAAAAAA=")).hasMessageContaining("version 2");
    }

    @Test
    void damagedHistogramIsRefusedOrReadAndNeverMore() {
        var histogram = Distribution.newHistogram();
        histogram.recordValue(1234);
        histogram.recordValueWithCount(99_000_000, 300);
        var good = Base64.getDecoder().decode(Distribution.encode(histogram));
        for (int at = 0; at < good.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                var bad = good.clone();
                bad[at] ^= (byte) (1 << bit);
                refusedOrRead(bad);
                refusedOrRead(Arrays.copyOf(good, at));
            }
        }
    }

    @Test
    void countsBeyondTheLastValueAreRefused() {
        // So many that did not occur, then one that did.
        assertThatThrownBy(() -> SentCounts.read(encoded(31_743, 1, 1))).hasMessageContaining("more values");
        var last = new Tally();
        SentCounts.read(encoded(31_743, 1)).addTo(last);
        assertThat(last.copy().samples()).isOne();
    }

    @Test
    void bytesWithoutEndAreRefused() {
        var zeros = new byte[20_000_000];
        assertThatThrownBy(() -> SentCounts.read(compressed(zeros))).hasMessageContaining("longer than");
    }

    private static void refusedOrRead(byte[] bytes) {
        try {
            SentCounts.read(Base64.getEncoder().encodeToString(bytes));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("cannot be read");
        }
    }

    /// @param gap values below 2^16 that did not occur before these
    private static String encoded(int gap, int... counts) {
        var bytes = ByteBuffer.allocate(43 + counts.length);
        bytes.putInt(0x1c849313).putInt(3 + counts.length).putInt(0).putInt(Distribution.DIGITS);
        bytes.putLong(1).putLong(Distribution.HIGHEST_NANOS).putDouble(1);
        int odd = gap * 2 - 1;
        bytes.put((byte) ((odd & 0x7f) | 0x80))
                .put((byte) (((odd >> 7) & 0x7f) | 0x80))
                .put((byte) (odd >> 14));
        for (int count : counts) {
            bytes.put((byte) (count * 2));
        }
        return compressed(bytes.array());
    }

    private static String compressed(byte[] plain) {
        try (var deflater = new Deflater()) {
            deflater.setInput(plain);
            deflater.finish();
            var bytes = ByteBuffer.allocate(8 + plain.length + 100);
            bytes.position(8);
            int length = deflater.deflate(bytes);
            bytes.putInt(0, 0x1c849314).putInt(4, length);
            return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), 8 + length));
        }
    }
}

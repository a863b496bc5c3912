package dev.wasmscope.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Figures of a tally are HdrHistogram's, to the last digit: files that were written before show the same.
class TallyTest {
    @Test
    void figuresAreThoseOfAHistogram() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var histogram = Distribution.newHistogram();
            int values = 1 + random.nextInt(400);
            for (int i = 0; i < values; i++) {
                long value = 1 + (random.nextLong() >>> (25 + random.nextInt(39)));
                histogram.recordValueWithCount(Math.min(value, Distribution.HIGHEST_NANOS), 1 + random.nextInt(3000));
            }
            var tally = new Tally();
            SentCounts.read(Distribution.encode(histogram)).addTo(tally);
            var copy = tally.copy();
            for (int i = 0; i < 50; i++) {
                double percentile = i < 10 ? i * 100.0 / 9 : random.nextDouble() * 100;
                assertThat(copy.percentileOrWeaker(percentile))
                        .isEqualTo(histogram.getValueAtPercentile(percentile) / 1000.0);
            }
            assertThat(copy.samples()).isEqualTo(histogram.getTotalCount());
            assertThat(copy.row().min()).isEqualTo(histogram.getMinValue() / 1000.0);
            assertThat(copy.row().max()).isEqualTo(histogram.getMaxValue() / 1000.0);
            assertThat(copy.row().mean()).isEqualTo(histogram.getMean() / 1000);
            assertThat(copy.encoded()).isEqualTo(Distribution.encode(histogram));
        }
    }

    @Test
    void copyStaysWhatItWas() {
        var tally = new Tally();
        tally.add(1000, 3);
        var copy = tally.copy();
        tally.add(1000, 5);
        tally.add(2000, 1);
        assertThat(copy.samples()).isEqualTo(3);
        assertThat(tally.copy().samples()).isEqualTo(9);
        tally.clear();
        assertThat(tally.isEmpty()).isTrue();
        assertThat(copy.row().max()).isEqualTo(1.0);
    }
}

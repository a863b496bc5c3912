package dev.wasmscope.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {
    @Test
    void percentileWithFewerThanTenSamplesAboveIsLeftOut() {
        var row = upTo(1000).row();
        assertThat(row.samples()).isEqualTo(1000);
        assertThat(row.p50()).isCloseTo(500, within(1.0));
        assertThat(row.p99()).isCloseTo(990, within(1.0));
        assertThat(row.p999()).isNull();
        assertThat(upTo(999).row().p99()).isNull();
        assertThat(row.min()).isEqualTo(1);
        assertThat(row.max()).isCloseTo(1000, within(1.0));
        assertThat(row.mean()).isCloseTo(500.5, within(1.0));
    }

    @Test
    void emptyOneHasNoPercentilesAndNoNaN() {
        var row = new Distribution(Distribution.newHistogram()).row();
        assertThat(row).isEqualTo(new PercentileRow(0, 0, null, null, null, null, null, 0, 0));
    }

    @Test
    void encodedFormReadsBackToTheSameNumbers() {
        var one = upTo(5000);
        var back = Distribution.decode(one.encoded());
        assertThat(back.row()).isEqualTo(one.row());
        assertThat(back.steps()).isEqualTo(one.steps());
        assertThat(back.hgrm()).isEqualTo(one.hgrm());
    }

    @Test
    void hgrmIsInMicroseconds() {
        assertThat(upTo(1000).hgrm())
                .contains("Value", "Percentile", "TotalCount")
                .contains("#[Max     =     1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!!!", "AAAA", "HISTFAAAAAB4nAMAAAAAAQ==", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoHistogramIsASentence(String text) {
        assertThatThrownBy(() -> Distribution.decode(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The histogram cannot be read");
    }

    private static Distribution upTo(int micros) {
        var histogram = Distribution.newHistogram();
        for (int i = 1; i <= micros; i++) {
            histogram.recordValue(i * 1000L);
        }
        return new Distribution(histogram);
    }
}

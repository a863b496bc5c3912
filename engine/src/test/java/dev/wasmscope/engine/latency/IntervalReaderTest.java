package dev.wasmscope.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IntervalReaderTest {
    private static final ProbeLine.Interval FULL =
            new ProbeLine.Interval(3, -5, 1L << 60, true, 7, "HISTFAAA", "HISTBBBB", 12, -1);

    @Test
    void readsWhatIsWritten() {
        var closed = new ProbeLine.Interval(0, 1, 2, false, 0, "HISTFAAA", null, -1, 5);
        assertThat(IntervalReader.read(ProbeLine.write(FULL))).isEqualTo(FULL);
        assertThat(IntervalReader.read(ProbeLine.write(closed))).isEqualTo(closed);
    }

    @Test
    void leavesOtherLinesAlone() {
        assertThat(IntervalReader.read(ProbeLine.write(new ProbeLine.End(4)))).isNull();
        assertThat(ProbeLine.read(ProbeLine.write(new ProbeLine.End(4)))).isEqualTo(new ProbeLine.End(4));
        assertThat(IntervalReader.read("not json")).isNull();
    }

    @Test
    void fieldThatIsMissingStrangeTwiceOrOfAnotherKindIsRefused() {
        var good = ProbeLine.write(FULL);
        for (var bad : new String[] {
            good.replace("\"missed\":7,", ""),
            good.replace("\"missed\":7", "\"missed\":null"),
            good.replace("\"missed\":7", "\"missed\":\"many\""),
            good.replace("\"series\":3", "\"series\":3000000000"),
            good.replace("\"warm\":true", "\"warm\":true,\"cold\":1"),
            good.substring(0, good.length() - 1)
        }) {
            assertThat(IntervalReader.read(bad)).isNull();
            assertThatThrownBy(() -> ProbeLine.read(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(IntervalReader.read(good.replace("\"missed\":7", "\"missed\":7,\"missed\":8")))
                .isNull();
    }
}

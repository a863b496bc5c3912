package dev.wasmscope.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private final Snapshot whole = Snapshots.recorder(Snapshots.plan(0)).snapshot();

    @Test
    void warmUpIsInTheCurveAndInNoNumber() {
        var curve = whole.series().getFirst().curve();
        assertThat(IntStream.range(0, curve.size()).filter(i -> curve.warm()[i]).count())
                .isEqualTo(2);
        assertThat(curve.size()).isEqualTo(10);
        assertThat(curve.p50()[5]).isBetween(24.9, 25.1);
        assertThat(whole.seconds()).isBetween(9.2, 9.4);
    }

    @Test
    void turningASettingStartsTheNumbersAnew() {
        assertThat(whole.series().getFirst().latency().samples()).isEqualTo(2000);
        assertThat(whole.changes())
                .containsExactly(new Snapshot.Change(
                        8,
                        Snapshots.plan(0).settings(),
                        Snapshots.plan(0).settings().withPayload(64)));
        assertThat(whole.series().getFirst().perSecond()).isEqualTo(10_000);
    }

    @Test
    void recentSnapshotHasTheLastSecondsOfTheCurve() {
        var recent = Snapshots.recorder(Snapshots.plan(0)).recent(3);
        var curve = recent.series().getFirst().curve();
        assertThat(curve.seconds()).containsExactly(7.25, 8.25);
    }

    @Test
    void wholeSnapshotShowsTheLastPointAlsoWhereItIsNotFull() {
        var recorder = Snapshots.recorder(Snapshots.plan(0));
        var once = recorder.snapshot().series().getFirst().curve();
        var again = recorder.snapshot().series().getFirst().curve();
        assertThat(once.seconds()).endsWith(8.25, 9.25).isEqualTo(again.seconds());
        assertThat(once.p99()).isEqualTo(again.p99());
    }

    @Test
    void intervalOfNoSeriesIsRefused() {
        var recorder = new Recorder(Snapshots.plan(0));
        var histogram = Distribution.encode(Distribution.newHistogram());
        assertThatThrownBy(() -> recorder.add(new ProbeLine.Interval(3, 0, 1, false, 0, histogram, null, -1, -1)))
                .hasMessageContaining("series 3");
        assertThatThrownBy(() -> recorder.add(new ProbeLine.Interval(0, 5, 1, false, 0, histogram, null, -1, -1)))
                .hasMessageContaining("from 5 to 1");
        assertThatThrownBy(() -> recorder.add(new ProbeLine.Interval(0, 0, 1, false, 0, "junk", null, -1, -1)))
                .hasMessageContaining("histogram");
    }

    @Test
    void longRunKeepsTheLatestHalfHour() {
        var recorder = new Recorder(Snapshots.plan(0));
        var histogram = Distribution.newHistogram();
        histogram.recordValue(1000);
        var encoded = Distribution.encode(histogram);
        for (long i = 0; i < 4000; i++) {
            recorder.add(new ProbeLine.Interval(
                    0, i * 500_000_000, i * 500_000_000 + 1000, false, 0, encoded, null, -1, -1));
        }
        var curve = recorder.snapshot().series().getFirst().curve();
        assertThat(curve.size()).isBetween(1800, 3600);
        assertThat(curve.seconds()[curve.size() - 1]).isBetween(1998.0, 2000.0);
        assertThat(curve.seconds()).isSorted();
    }
}

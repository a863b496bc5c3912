package dev.wasmscope.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wasmscope.engine.platform.Environment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private final Recorder recorder = Snapshots.recorder(Snapshots.plan(0));
    private final Recording recording = recorder.recording(Environment.read(List.of(), Map.of()));

    @Test
    void recordingShowsWhatTheRecorderShowed() {
        var live = recorder.snapshot();
        var again = recording.snapshot();
        assertThat(again.changes()).isEqualTo(live.changes());
        assertThat(again.seconds()).isEqualTo(live.seconds());
        for (int i = 0; i < 3; i++) {
            assertThat(again.series().get(i).latency().encoded())
                    .isEqualTo(live.series().get(i).latency().encoded());
            assertThat(again.series().get(i).curve().p99())
                    .isEqualTo(live.series().get(i).curve().p99());
        }
    }

    @Test
    void onlyBlocksSinceTheLastChangeCount() {
        assertThat(recording.blocks(0)).hasSize(10);
        assertThat(recording.blocks(0).stream().filter(RecordedBlock::counted)).hasSize(2);
        assertThat(recording.snapshot().series().getFirst().latency().samples()).isEqualTo(2000);
    }

    @Test
    void repeatsAreCountedAndTheirBlocksStandTogether() {
        var twice = recording.followedBy(recording);
        assertThat(twice.repeats()).isEqualTo(2);
        assertThat(twice.blocks(0)).hasSize(20);
        assertThat(twice.blocks(0).getLast().repeat()).isEqualTo(1);
    }

    @Test
    void recordingOfVersionTwoHasServersThatWaitAsTheirClient() {
        var old = recording
                .planLine()
                .replace("\"version\":" + ProbeLine.VERSION, "\"version\":2")
                .replaceFirst(",\"serverWait\":\"[a-z]+\"", "");
        assertThat(old).contains("\"version\":2").doesNotContain("serverWait");
        var read = Recording.read(old, recording.environment(), recording.lines());
        assertThat(read.plan()).isEqualTo(recording.plan());
    }

    @Test
    void endlessRunForgetsItsOldestBlocksButNotHowItWasTurned() {
        var log = new RunLog(10_000);
        var settings = Snapshots.plan(0).settings();
        log.add(new ProbeLine.Ready(ProbeLine.VERSION, 0, 1, new ClientFacts("0", "SCHED_OTHER")));
        log.add(new ProbeLine.Changed(0, ProbeLine.Turned.of(settings)));
        for (int i = 0; i < 1000; i++) {
            log.add(new ProbeLine.Interval(0, i, i, false, 0, "x".repeat(100), null, -1, -1));
        }
        var lines = log.lines();
        assertThat(lines.size()).isBetween(70, 105);
        assertThat(lines.get(0)).isInstanceOf(ProbeLine.Ready.class);
        assertThat(lines.get(1)).isInstanceOf(ProbeLine.Changed.class);
        assertThat(lines.getLast())
                .isInstanceOfSatisfying(
                        ProbeLine.Interval.class, l -> assertThat(l.start()).isEqualTo(999));
    }

    /// A gap of 9 ms among 100,000 of 10 ns: nine tenths of the time.
    @Test
    void noiseIsWeighedByItsLength() {
        var builder = new DistributionBuilder();
        builder.add(0.01, 100_000);
        builder.add(9000, 1);
        var floor = new NoiseFloor(builder.build(), 0.01);
        assertThat(floor.micros(5)).isCloseTo(0.01, within(0.001));
        assertThat(floor.micros(50)).isCloseTo(9000, within(10.0));
        var latency = new DistributionBuilder();
        latency.add(100, 10_000);
        assertThat(floor.covers(latency.build(), 99)).isTrue();
        assertThat(floor.covers(latency.build(), 5)).isFalse();
    }
}

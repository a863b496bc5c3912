package dev.wasmscope.plugins.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionTrackerTest {
    private final PartitionTracker tracker = new PartitionTracker(new TopicPartition("t", 0));

    @Test
    void onlyWhatLiesBelowTheLowestUnfinishedOffsetIsCommitted() {
        var first = tracker.add(10);
        var second = tracker.add(11);
        var third = tracker.add(15);
        assertThat(tracker.toCommit()).hasValue(10);
        second.finish();
        third.finish();
        assertThat(tracker.toCommit()).hasValue(10);
        assertThat(tracker.pending()).isEqualTo(3);
        first.finish();
        assertThat(tracker.toCommit()).hasValue(16);
        assertThat(tracker.pending()).isZero();
    }

    @Test
    void offsetsThatAreMissingInThePartitionAreNoTasks() {
        tracker.add(3).finish();
        tracker.add(90);
        assertThat(tracker.toCommit()).as("what lies between is nobody's").hasValue(90);
    }

    @Test
    void whatWasCommittedIsNotCommittedAgain() {
        assertThat(tracker.toCommit()).isEmpty();
        tracker.add(1).finish();
        tracker.committed(2);
        assertThat(tracker.toCommit()).isEmpty();
    }

    @Test
    void offsetsGoUp() {
        tracker.add(5);
        assertThatThrownBy(() -> tracker.add(5)).hasMessage("t-0: offset 5 came after 5.");
    }

    @Test
    void nothingBeginsInAPartitionThatWasRevoked() {
        assertThat(tracker.begin()).isTrue();
        tracker.revoke();
        assertThat(tracker.begin()).isFalse();
        assertThat(tracker.idle()).isFalse();
        tracker.end();
        assertThat(tracker.idle()).isTrue();
    }
}

package dev.wasmscope.plugins.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// A group that is never at rest: runners come and go while tasks are worked at, twenty times with
/// `-Dwasmscope.load=20`.
@EnabledIfSystemProperty(named = "wasmscope.load", matches = "\\d+")
class RebalanceLoadTest {
    private static final int ROUNDS = Integer.getInteger("wasmscope.load", 0);
    private static final int PARTITIONS = 6;
    private static final int MOST_WAITING = 50;

    /// Well below what a group waits for a member that has died.
    private static final double LONGEST_STALL_MILLIS = 8_000;

    private final AtomicLong last = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private final AtomicInteger done = new AtomicInteger();

    /// About a millisecond.
    private TaskOutcome work() {
        try {
            TimeUnit.MILLISECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var now = System.nanoTime();
        var before = last.getAndSet(now);
        if (before != 0) {
            longest.accumulateAndGet(now - before, Math::max);
        }
        done.incrementAndGet();
        return TaskOutcome.DONE;
    }

    @Test
    void runnersThatComeAndGoHoldUpNobody() throws Exception {
        try (var broker = new TestBroker()) {
            // Partitions are paused most of the time, also while they move.
            var settings = broker.topic(2, PARTITIONS).withMostPending(MOST_WAITING);
            TestBroker.produce(settings, TestBroker.numbered(600, 20 * ROUNDS));
            var joins = new ArrayList<Double>();
            var leaves = new ArrayList<Double>();
            try (var stays = RunningTasks.of(settings, _ -> work())) {
                stays.until(() -> done.get() > 0);
                for (var round = 0; round < ROUNDS; round++) {
                    var own = new AtomicInteger();
                    var start = System.nanoTime();
                    try (var comes = RunningTasks.of(settings, _ -> {
                        own.incrementAndGet();
                        return work();
                    })) {
                        comes.until(() -> own.get() > 0);
                        joins.add((System.nanoTime() - start) / 1e6);
                        comes.until(() -> own.get() > 200);
                        start = System.nanoTime();
                    }
                    leaves.add((System.nanoTime() - start) / 1e6);
                    var then = done.get();
                    stays.until(() -> done.get() > then + 200);
                }
                assertThat(stays.failure()).isNull();
            }
            System.out.printf(
                    "%d runners came and went: first task after %.0f ms (at most %.0f), gone after %.0f ms (at most %.0f);"
                            + " the longest time without any task: %.0f ms%n",
                    ROUNDS, Pairs.median(joins), most(joins), Pairs.median(leaves), most(leaves), longest.get() / 1e6);
            assertThat(longest.get() / 1e6).isLessThan(LONGEST_STALL_MILLIS);
        }
    }

    private static double most(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}

package dev.wasmscope.plugins.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The runner against a real broker, with processors in Java.
class TaskRunnerTest {
    private static final List<TestBroker> BROKERS = new ArrayList<>();

    @BeforeAll
    static void start() {
        BROKERS.add(new TestBroker());
    }

    @AfterAll
    static void stop() throws IOException {
        for (var broker : BROKERS) {
            broker.close();
        }
    }

    private static TestBroker broker() {
        return BROKERS.getFirst();
    }

    /// Tasks as `key<tab>number`, in the order in which they were worked at.
    private static final class Journal {
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        TaskOutcome add(String task) {
            lines.add(task);
            return TaskOutcome.DONE;
        }

        int distinct() {
            synchronized (lines) {
                return Math.toIntExact(lines.stream().distinct().count());
            }
        }

        /// Every key's tasks came one after the other; where they came again, from some earlier one on.
        void check(int keys, int each) {
            var last = new HashMap<String, Integer>();
            synchronized (lines) {
                for (var line : lines) {
                    var parts = line.split(":", 2);
                    var number = Integer.parseInt(parts[1]);
                    assertThat(number).as(line).isLessThanOrEqualTo(last.getOrDefault(parts[0], 0) + 1);
                    last.put(parts[0], number);
                }
            }
            assertThat(last)
                    .hasSize(keys)
                    .allSatisfy((key, number) -> assertThat(number).as(key).isEqualTo(each));
        }
    }

    /// `key<tab>key:number`, as the journal reads them.
    private static List<String> tasks(int keys, int each) {
        return TestBroker.numbered(keys, each).stream()
                .map(line -> line.replaceFirst("\t.*", "") + "\t" + line.replace('\t', ':'))
                .toList();
    }

    @Test
    void everyTaskIsProcessedInTheOrderOfItsKeyAndCommitted() throws Exception {
        var settings = broker().topic(3, 4);
        TestBroker.produce(settings, tasks(40, 100));
        var journal = new Journal();
        try (var running = RunningTasks.of(settings, journal::add)) {
            running.until(() -> running.metrics.snapshot().processed() == 4000);
        }
        journal.check(40, 100);
        assertThat(journal.lines).hasSize(4000);
        assertThat(broker().committed(settings)).isEqualTo(4000);
    }

    @Test
    void nothingIsCommittedBeyondTheLowestUnfinishedTask() throws Exception {
        var settings = broker().topic(2, 1);
        var lines = new ArrayList<String>();
        for (int i = 0; i < 500; i++) {
            lines.add("k%d\t%d".formatted(i, i));
        }
        TestBroker.produce(settings, lines);
        var release = new CountDownLatch(1);
        var again = Collections.synchronizedList(new ArrayList<String>());
        try (var running = RunningTasks.of(settings, task -> {
            if (task.equals("100")) {
                awaitQuietly(release);
            }
            return TaskOutcome.DONE;
        })) {
            running.until(() -> broker().committed(settings) == 100);
            running.until(() -> running.metrics.snapshot().processed() > 110);
            assertThat(broker().committed(settings)).isEqualTo(100);
            Thread.ofVirtual().start(() -> {
                sleepShortly();
                release.countDown();
            });
        }
        try (var next = RunningTasks.of(settings, task -> {
            again.add(task);
            return TaskOutcome.DONE;
        })) {
            next.until(() -> broker().committed(settings) == 500);
        }
        assertThat(again).doesNotContain("99", "100");
        assertThat(broker().committed(settings)).isEqualTo(500);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(90, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void taskThatFailsComesAgainAfterThoseBehindIt() throws Exception {
        var settings = broker().topic(1, 1).withRetries(3, Duration.ofMillis(300));
        TestBroker.produce(settings, List.of("k\ta", "k\tb", "k\tc"));
        var seen = Collections.synchronizedList(new ArrayList<String>());
        try (var running = RunningTasks.of(settings, task -> {
            seen.add(task);
            return task.equals("a") && Collections.frequency(seen, "a") < 3
                    ? new TaskOutcome.Failed("not yet")
                    : TaskOutcome.DONE;
        })) {
            running.until(() -> running.metrics.snapshot().processed() == 3);
            assertThat(running.metrics.snapshot().retried()).isEqualTo(2);
        }
        assertThat(seen).containsExactly("a", "b", "c", "a", "a");
        var retried = broker().records(settings.retryTopic());
        assertThat(retried).hasSize(2);
        var metadata = TaskMetadata.read(
                retried.getLast().headers().lastHeader(TaskMetadata.HEADER).value());
        assertThat(metadata.retryCount()).isEqualTo(2);
        assertThat(metadata.sourceApplication()).isEqualTo("wasmscope");
        assertThat(metadata.scheduledMillis() - retried.getLast().timestamp())
                .as("twice the first wait")
                .isBetween(300L, 700L);
        assertThat(broker().records(settings.deadLetterTopic())).isEmpty();
    }

    @Test
    void taskThatFailsTooOftenIsDeadWithItsReason() throws Exception {
        var settings = broker().topic(2, 2).withRetries(2, Duration.ofMillis(10));
        TestBroker.produce(settings, List.of("k\tpoison", "k\tgood"));
        try (var running = RunningTasks.of(
                settings, task -> task.equals("poison") ? new TaskOutcome.Failed("It is poison.") : TaskOutcome.DONE)) {
            running.until(() -> running.metrics.snapshot().dead() == 1);
            var counts = running.metrics.snapshot();
            assertThat(counts.processed()).isEqualTo(1);
            assertThat(counts.failed()).isEqualTo(3);
            assertThat(counts.retried()).isEqualTo(2);
            assertThat(counts.lastFailure()).isEqualTo("It is poison.");
        }
        var dead = broker().records(settings.deadLetterTopic());
        assertThat(dead).hasSize(1);
        assertThat(TestBroker.text(dead.getFirst().value())).isEqualTo("poison");
        assertThat(TestBroker.text(dead.getFirst()
                        .headers()
                        .lastHeader("wasmscope_failure")
                        .value()))
                .isEqualTo("It is poison.");
        assertThat(broker().committed(settings)).isEqualTo(2);
    }

    @Test
    void processorThatThrowsFailsOnlyItsTask() throws Exception {
        var settings = broker().topic(1, 1).withRetries(0, Duration.ofMillis(10));
        TestBroker.produce(settings, List.of("k\tbad", "k\tworse", "k\tgood"));
        try (var running = RunningTasks.of(settings, task -> switch (task) {
            case "bad" -> throw new IllegalStateException("broken");
            case "worse" -> throw new OutOfMemoryError("of the test");
            default -> TaskOutcome.DONE;
        })) {
            running.until(() -> running.metrics.snapshot().dead() == 2
                    && running.metrics.snapshot().processed() == 1);
        }
    }

    @Test
    void slowProcessorIsNotGivenMoreThanItMayHaveWaiting() throws Exception {
        var settings = new RunnerSettings(
                broker().bootstrapServers(),
                broker().topic(1, 1).topic(),
                "slow",
                1,
                200,
                0,
                Duration.ofSeconds(1),
                Map.of("max.poll.records", "50"));
        Topics.prepare(settings, 0);
        TestBroker.produce(settings, tasks(10, 200));
        var permits = new Semaphore(0);
        var journal = new Journal();
        try (var running = RunningTasks.of(settings, task -> {
            permits.acquireUninterruptibly();
            return journal.add(task);
        })) {
            running.until(() -> running.metrics.snapshot().taken() >= 200);
            TimeUnit.MILLISECONDS.sleep(500);
            assertThat(running.metrics.snapshot().taken()).isLessThanOrEqualTo(250);
            permits.release(Integer.MAX_VALUE);
            running.until(() -> running.metrics.snapshot().processed() == 2000);
        }
        journal.check(10, 200);
    }

    @Test
    void tasksMoveToANewRunnerWithoutLossAndInOrder() throws Exception {
        var settings = broker().topic(2, 4);
        TestBroker.produce(settings, tasks(20, 200));
        var journal = new Journal();
        var byRunner = new ConcurrentHashMap<String, Integer>();
        RunningTasks.Work slow = task -> {
            sleepShortly();
            return journal.add(task);
        };
        try (var first = RunningTasks.of(settings, task -> {
            byRunner.merge("first", 1, Integer::sum);
            return slow.process(task);
        })) {
            first.until(() -> journal.distinct() > 200);
            try (var second = RunningTasks.of(settings, task -> {
                byRunner.merge("second", 1, Integer::sum);
                return slow.process(task);
            })) {
                second.until(() -> journal.distinct() == 4000);
                assertThat(second.failure()).isNull();
            }
            assertThat(first.failure()).isNull();
        }
        journal.check(20, 200);
        assertThat(byRunner).containsKeys("first", "second");
    }

    @Test
    void taskThatDoesNotEndKeepsNoPartitionWhenItsRunnerIsStopped() throws Exception {
        var settings = broker().topic(1, 2);
        TestBroker.produce(settings, tasks(10, 10));
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        TaskProcessor.Factory hanging = _ -> RunningTasks.processor(_ -> {
            begun.countDown();
            awaitQuietly(release);
            return TaskOutcome.DONE;
        });
        var journal = new Journal();
        try (var first = new RunningTasks(settings, hanging, Duration.ofMillis(200))) {
            awaitQuietly(begun);
            first.stop();
            try (var second = RunningTasks.of(settings, journal::add)) {
                second.until(() -> journal.distinct() == 100);
            } finally {
                assertThat(first.running()).isTrue();
                release.countDown();
            }
        }
        journal.check(10, 10);
    }

    private static void sleepShortly() {
        try {
            TimeUnit.MICROSECONDS.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void brokerThatRestartsLosesNoTask() throws Exception {
        try (var own = new TestBroker()) {
            var settings = own.topic(2, 2).withRetries(2, Duration.ofMillis(50));
            TestBroker.produce(settings, tasks(10, 100));
            var journal = new Journal();
            var failed = ConcurrentHashMap.<String>newKeySet();
            try (var running = RunningTasks.of(settings, task -> {
                sleepShortly();
                return task.endsWith(":50") && failed.add(task) ? new TaskOutcome.Failed("once") : journal.add(task);
            })) {
                running.until(() -> journal.distinct() > 100);
                own.restart();
                running.until(() -> journal.distinct() == 1000);
                TestBroker.produce(settings, List.of("last\tlast:1"));
                running.until(() -> journal.distinct() == 1001);
            }
        }
    }

    @Test
    void topicThatIsNotThereIsASentence() {
        var settings = new RunnerSettings(broker().bootstrapServers(), "nowhere", "g", 1);
        assertThatThrownBy(() -> Topics.prepare(settings, 0))
                .isInstanceOf(ProcessorFailedException.class)
                .hasMessage("There is no topic nowhere at %s.", broker().bootstrapServers());
    }
}

package dev.wasmscope.plugins.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Takes tasks from a topic and gives each to a processor, at least once. Tasks of one key are worked at in their order
/// until one fails: that one comes again through the retry topic, after those behind it.
///
/// One thread (the caller's of [#run]) talks to the brokers; the workers run the processors.
final class TaskRunner {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final RunnerSettings settings;
    private final TaskProcessor.Factory processors;
    private final TaskMetrics metrics;
    private final Duration patience;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, PartitionTracker> trackers = new HashMap<>();
    private final Set<TopicPartition> paused = new HashSet<>();
    private final PriorityQueue<Task> putOff =
            new PriorityQueue<>(Comparator.comparingLong(task -> task.metadata().scheduledMillis()));
    private volatile boolean stopping;
    private volatile @Nullable String fatal;
    private long lastCommit = System.nanoTime();

    /// @param patience how long a task that runs may hold up a rebalance: its deadline and some more
    TaskRunner(RunnerSettings settings, TaskProcessor.Factory processors, TaskMetrics metrics, Duration patience) {
        this.settings = settings;
        this.processors = processors;
        this.metrics = metrics;
        this.patience = patience;
        var properties = ClientProperties.of(
                settings,
                Map.of(
                        "group.id", settings.group(),
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false",
                        "session.timeout.ms", "10000",
                        "heartbeat.interval.ms", "1000",
                        "max.poll.records", "2000",
                        "partition.assignment.strategy",
                                "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"));
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Works until [#stop] is called or brokers refuse for good. Then what runs is finished and committed.
    ///
    /// @throws ProcessorFailedException with a sentence
    void run() throws ProcessorFailedException {
        try (consumer;
                var redelivery = new Redelivery(settings, metrics, this::fail);
                var workers = new Workers(settings.group(), settings.threads(), processors, redelivery, metrics)) {
            try {
                consumer.subscribe(topics(), new Rebalance());
                while (!stopping) {
                    turn(workers);
                }
            } catch (WakeupException e) {
                // Stopped while it waited.
            } finally {
                release(new ArrayList<>(trackers.keySet()), true);
                // Before the workers end: while a task goes on beyond its time, a member that does not ask for records
                // would hold up the whole group, for minutes.
                consumer.close();
            }
        } catch (KafkaException e) {
            throw new ProcessorFailedException("Kafka refused: " + e.getMessage(), e);
        }
        var why = fatal;
        if (why != null) {
            throw new ProcessorFailedException(why);
        }
    }

    private List<String> topics() {
        return settings.retries() > 0 ? List.of(settings.topic(), settings.retryTopic()) : List.of(settings.topic());
    }

    /// From any thread.
    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    private void fail(String sentence) {
        fatal = sentence;
        stop();
    }

    private void turn(Workers workers) {
        dispatch(consumer.poll(pollTime()), workers);
        dispatchDue(workers);
        holdBack();
        if (System.nanoTime() - lastCommit >= COMMIT_NANOS) {
            lastCommit = System.nanoTime();
            commit();
            measureLag();
        }
    }

    private Duration pollTime() {
        var next = putOff.peek();
        if (next == null) {
            return POLL;
        }
        var left = next.metadata().scheduledMillis() - System.currentTimeMillis();
        return Duration.ofMillis(Math.clamp(left, 0, POLL.toMillis()));
    }

    private void dispatch(ConsumerRecords<byte[], byte[]> records, Workers workers) {
        if (records.isEmpty()) {
            return;
        }
        metrics.taken(records.count());
        var now = System.currentTimeMillis();
        var batches = new ArrayList<List<Task>>();
        for (int i = 0; i < workers.count(); i++) {
            batches.add(new ArrayList<>());
        }
        for (var partition : records.partitions()) {
            var tracker = trackers.computeIfAbsent(partition, PartitionTracker::new);
            for (var record : records.records(partition)) {
                var task = task(record, tracker);
                if (task.metadata().scheduledMillis() > now) {
                    putOff.add(task);
                } else {
                    batches.get(task.worker(workers.count())).add(task);
                }
            }
        }
        for (int i = 0; i < batches.size(); i++) {
            if (!batches.get(i).isEmpty()) {
                workers.hand(i, batches.get(i));
            }
        }
    }

    private static Task task(ConsumerRecord<byte[], byte[]> record, PartitionTracker tracker) {
        var value = record.value();
        return new Task(
                record.key(),
                value == null ? new byte[0] : value,
                metadata(record),
                tracker,
                tracker.add(record.offset()));
    }

    /// A header that is none is no reason to lose the task.
    private static TaskMetadata metadata(ConsumerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader(TaskMetadata.HEADER);
        if (header == null || header.value() == null) {
            return TaskMetadata.NONE;
        }
        try {
            return TaskMetadata.read(header.value());
        } catch (IllegalArgumentException e) {
            return TaskMetadata.NONE;
        }
    }

    private void dispatchDue(Workers workers) {
        var now = System.currentTimeMillis();
        for (var next = putOff.peek(); next != null && next.metadata().scheduledMillis() <= now; next = putOff.peek()) {
            putOff.remove();
            workers.hand(next.worker(workers.count()), List.of(next));
        }
    }

    /// No more is taken of a partition than is worked off.
    private void holdBack() {
        for (var entry : trackers.entrySet()) {
            var pending = entry.getValue().pending();
            var partition = entry.getKey();
            if (pending >= settings.mostPending() && paused.add(partition)) {
                consumer.pause(List.of(partition));
            } else if (pending <= settings.mostPending() / 2 && paused.remove(partition)) {
                consumer.resume(List.of(partition));
            }
        }
    }

    private void commit() {
        var offsets = offsets(trackers.keySet());
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, (done, failure) -> {
                if (failure == null) {
                    done.forEach(this::committed);
                }
            });
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(Collection<TopicPartition> partitions) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : partitions) {
            var tracker = trackers.get(partition);
            if (tracker != null) {
                tracker.toCommit().ifPresent(low -> offsets.put(partition, new OffsetAndMetadata(low)));
            }
        }
        return offsets;
    }

    private void committed(TopicPartition partition, OffsetAndMetadata offset) {
        var tracker = trackers.get(partition);
        if (tracker != null) {
            tracker.committed(offset.offset());
        }
    }

    private void measureLag() {
        for (var partition : consumer.assignment()) {
            var tracker = trackers.get(partition);
            consumer.currentLag(partition)
                    .ifPresent(
                            lag -> metrics.lag(partition.toString(), lag + (tracker == null ? 0 : tracker.pending())));
        }
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            release(partitions, true);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            release(partitions, false);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // Trackers begin with the first task.
        }
    }

    /// Leaves partitions to others: what waits is dropped, what runs is finished, and what is finished is committed, so
    /// that nobody else begins with it meanwhile.
    private void release(Collection<TopicPartition> partitions, boolean commit) {
        var leaving = partitions.stream().filter(trackers::containsKey).toList();
        leaving.forEach(partition -> tracker(partition).revoke());
        putOff.removeIf(task -> task.tracker().revoked());
        await(() -> leaving.stream().allMatch(partition -> tracker(partition).idle()));
        var offsets = offsets(leaving);
        if (commit && !offsets.isEmpty()) {
            try {
                consumer.commitSync(offsets, CLOSE_PATIENCE);
            } catch (WakeupException e) {
                consumer.commitSync(offsets, CLOSE_PATIENCE);
            } catch (KafkaException e) {
                // Not lost: whoever comes next gets these tasks once more.
            }
        }
        for (var partition : leaving) {
            trackers.remove(partition);
            paused.remove(partition);
            metrics.left(partition.toString());
        }
    }

    private PartitionTracker tracker(TopicPartition partition) {
        var known = trackers.get(partition);
        if (known == null) {
            throw new IllegalStateException("Nothing is known of %s.".formatted(partition));
        }
        return known;
    }

    private void await(BooleanSupplier condition) {
        var until = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < until) {
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}

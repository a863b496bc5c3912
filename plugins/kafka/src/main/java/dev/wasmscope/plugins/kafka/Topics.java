package dev.wasmscope.plugins.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The topics of a runner: that of the tasks has to be there, those for retries and the dead are made.
final class Topics {
    private static final int PATIENCE_SECONDS = 20;
    private static final int AGAIN_MILLIS = 50;

    private Topics() {}

    /// @param partitions of the topic of the tasks, to make it where it is not there; 0: it has to be
    /// @throws ProcessorFailedException with a sentence
    static void prepare(RunnerSettings settings, int partitions) throws ProcessorFailedException {
        try (var admin = Admin.create(ClientProperties.of(settings, Map.of()))) {
            var there = partitionsOf(admin, settings.topic());
            if (there.isEmpty() && partitions == 0) {
                throw new ProcessorFailedException(
                        "There is no topic %s at %s.".formatted(settings.topic(), settings.bootstrapServers()));
            }
            var count = there.orElse(partitions);
            var wanted = new ArrayList<NewTopic>();
            if (there.isEmpty()) {
                wanted.add(topic(settings.topic(), count));
            }
            if (settings.retries() > 0) {
                wanted.add(topic(settings.retryTopic(), count));
            }
            wanted.add(topic(settings.deadLetterTopic(), count));
            make(admin, wanted);
        } catch (ExecutionException e) {
            throw new ProcessorFailedException(
                    "%s refused: %s".formatted(settings.bootstrapServers(), e.getCause()), e);
        } catch (TimeoutException e) {
            throw new ProcessorFailedException(
                    "No broker at %s answered within %d s.".formatted(settings.bootstrapServers(), PATIENCE_SECONDS),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessorFailedException("Interrupted while topics were looked up.", e);
        }
    }

    /// Those of the broker's own settings for copies.
    private static NewTopic topic(String name, int partitions) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty());
    }

    private static Optional<Integer> partitionsOf(Admin admin, String topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            var known = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .get(topic);
            return Optional.ofNullable(known).map(t -> t.partitions().size());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void make(Admin admin, List<NewTopic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        var answers = admin.createTopics(topics);
        var made = new HashMap<TopicPartition, OffsetSpec>();
        for (var answer : answers.values().entrySet()) {
            var topic = answer.getKey();
            try {
                answer.getValue().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                int partitions = answers.numPartitions(topic).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                for (int p = 0; p < partitions; p++) {
                    made.put(new TopicPartition(topic, p), OffsetSpec.latest());
                }
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        awaitLeaders(admin, made);
    }

    /// A topic that was made is known before its leaders take records. A producer that is quicker is sent away, and may
    /// find its second batch taken before its first: then the sequence numbers of that partition never fit again.
    private static void awaitLeaders(Admin admin, Map<TopicPartition, OffsetSpec> made)
            throws ExecutionException, InterruptedException, TimeoutException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!leadersAnswer(admin, made, end)) {
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
        }
    }

    /// Only leaders know the ends of their logs. A broker that has not heard of the topic yet refuses at once.
    ///
    /// @param end on the clock of [System#nanoTime()]; a refusal after it counts
    private static boolean leadersAnswer(Admin admin, Map<TopicPartition, OffsetSpec> made, long end)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            var _ = admin.listOffsets(made).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException && System.nanoTime() < end) {
                return false;
            }
            throw e;
        }
    }
}

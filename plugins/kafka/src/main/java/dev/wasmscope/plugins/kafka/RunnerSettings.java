package dev.wasmscope.plugins.kafka;

import java.time.Duration;
import java.util.Map;

/// How tasks are taken and given on.
///
/// @param threads workers, each with a processor of its own
/// @param mostPending tasks of a partition that are taken and not finished; beyond them it is paused
/// @param retries attempts after the first one; then a task is dead
/// @param backOff from a failure to the next attempt; doubled with each, up to 100 times
/// @param consumer more settings of the Kafka clients, such as those of authentication
record RunnerSettings(
        String bootstrapServers,
        String topic,
        String group,
        int threads,
        int mostPending,
        int retries,
        Duration backOff,
        Map<String, String> consumer) {
    private static final int MOST_DOUBLED = 100;

    RunnerSettings {
        consumer = Map.copyOf(consumer);
    }

    RunnerSettings(String bootstrapServers, String topic, String group, int threads) {
        this(bootstrapServers, topic, group, threads, 10_000, 3, Duration.ofSeconds(1), Map.of());
    }

    RunnerSettings withRetries(int most, Duration first) {
        return new RunnerSettings(bootstrapServers, topic, group, threads, mostPending, most, first, consumer);
    }

    RunnerSettings withMostPending(int most) {
        return new RunnerSettings(bootstrapServers, topic, group, threads, most, retries, backOff, consumer);
    }

    String retryTopic() {
        return "%s-%s-retry".formatted(topic, group);
    }

    String deadLetterTopic() {
        return "%s-%s-dead".formatted(topic, group);
    }

    /// @param failures so far, from 1
    Duration waitAfter(long failures) {
        return backOff.multipliedBy(failures > 7 ? MOST_DOUBLED : Math.min(MOST_DOUBLED, 1L << (failures - 1)));
    }
}

package dev.wasmscope.plugins.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// A real broker for the tests of this process; every test has topics of its own.
final class TestBroker implements AutoCloseable {
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final Path folder;
    private Broker broker;

    TestBroker() {
        try {
            folder = Files.createTempDirectory("kafka-test");
            broker = BrokerFolder.launcher().start(folder, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /// Stops it and starts it again, at the same port with the same data.
    void restart() throws IOException {
        var port = Integer.parseInt(bootstrapServers().replaceFirst(".*:", ""));
        broker.close();
        broker = BrokerFolder.launcher().start(folder, port);
    }

    RunnerSettings topic(int threads, int partitions) throws ProcessorFailedException {
        var number = TOPICS.incrementAndGet();
        var settings = new RunnerSettings(bootstrapServers(), "tasks" + number, "group" + number, threads);
        Topics.prepare(settings, partitions);
        return settings;
    }

    /// `key0<tab>1` and so on: every key's tasks are numbered from 1.
    static List<String> numbered(int keys, int each) {
        var lines = new ArrayList<String>();
        for (int number = 1; number <= each; number++) {
            for (int key = 0; key < keys; key++) {
                lines.add("key%d\t%d".formatted(key, number));
            }
        }
        return lines;
    }

    static void produce(RunnerSettings settings, List<String> lines) {
        try (var producer = new LineProducer(settings)) {
            lines.forEach(producer::produce);
            producer.flush();
        }
    }

    /// Everything in a topic.
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        var all = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        var settings = Map.<String, Object>of("bootstrap.servers", bootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var end = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < end.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
        }
        return all;
    }

    /// What a group has committed of a topic, all partitions together.
    long committed(RunnerSettings settings) {
        var properties = Map.<String, Object>of("bootstrap.servers", bootstrapServers(), "group.id", settings.group());
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = IntStream.range(
                            0, consumer.partitionsFor(settings.topic()).size())
                    .mapToObj(p -> new TopicPartition(settings.topic(), p))
                    .collect(Collectors.toSet());
            return consumer.committed(partitions).values().stream()
                    .mapToLong(o -> o == null ? 0 : o.offset())
                    .sum();
        }
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        broker.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

package dev.wasmscope.plugins.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Produces lines of text as tasks: what stands before a tab is the key.
final class LineProducer implements AutoCloseable {
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private volatile @Nullable Exception failure;

    LineProducer(RunnerSettings settings) {
        this.topic = settings.topic();
        this.producer = new KafkaProducer<>(
                ClientProperties.of(settings, Map.of("acks", "all", "linger.ms", "5")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void produce(String line) {
        var tab = line.indexOf('\t');
        var key = tab < 0 ? null : line.substring(0, tab).getBytes(StandardCharsets.UTF_8);
        var metadata = new TaskMetadata(System.currentTimeMillis(), "wasmscope", "", 0, 0);
        var record = new ProducerRecord<>(topic, key, line.substring(tab + 1).getBytes(StandardCharsets.UTF_8));
        record.headers().add(TaskMetadata.HEADER, metadata.toBytes());
        var _ = producer.send(record, (_, refused) -> {
            if (refused != null) {
                failure = refused;
            }
        });
    }

    /// Waits until all that was produced is with the brokers.
    ///
    /// @throws KafkaException when they refused some of it
    void flush() {
        producer.flush();
        var refused = failure;
        if (refused != null) {
            failure = null;
            throw new KafkaException("The brokers refused tasks: " + refused.getMessage(), refused);
        }
    }

    /// Until the end of the stream.
    void produceAll(InputStream in) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            if (!line.isEmpty()) {
                produce(line);
                if (!reader.ready()) {
                    flush();
                }
            }
        }
        flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}

package dev.wasmscope.plugins.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Gives failed tasks to the retry topic, and those that failed too often to the dead-letter topic. A task counts as
/// finished only when the brokers have acknowledged that.
final class Redelivery implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 200;

    private final RunnerSettings settings;
    private final TaskMetrics metrics;
    private final Consumer<String> onFatal;
    private final KafkaProducer<byte[], byte[]> producer;
    private final BlockingQueue<Item> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /// @param task null: the end
    private record Item(@Nullable Task task, String reason) {}

    /// @param onFatal is told a sentence when tasks can be redelivered no more
    Redelivery(RunnerSettings settings, TaskMetrics metrics, Consumer<String> onFatal) {
        this.settings = settings;
        this.metrics = metrics;
        this.onFatal = onFatal;
        var properties = ClientProperties.of(
                settings,
                Map.of(
                        "acks", "all",
                        "enable.idempotence", "true",
                        "delivery.timeout.ms", Integer.toString(Integer.MAX_VALUE),
                        "max.block.ms", "10000"));
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        thread = Thread.ofPlatform()
                .daemon()
                .name(settings.group() + " redelivery")
                .start(this::run);
    }

    /// From any worker; returns at once.
    void failed(Task task, String reason) {
        waiting.add(new Item(task, reason));
    }

    private void run() {
        try {
            for (var item = waiting.take(); item.task != null; item = waiting.take()) {
                send(item.task, item.reason);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Task task, String reason) {
        var failures = task.metadata().retryCount() + 1;
        var again = failures <= settings.retries();
        try {
            var _ = producer.send(again ? retry(task, failures) : dead(task, failures, reason), (_, failure) -> {
                if (failure == null) {
                    finished(task, again);
                } else {
                    unsent(task, reason, failure);
                }
            });
        } catch (KafkaException e) {
            unsent(task, reason, e);
        }
    }

    private ProducerRecord<byte[], byte[]> retry(Task task, long failures) {
        var due = System.currentTimeMillis() + settings.waitAfter(failures).toMillis();
        return record(settings.retryTopic(), task, failures, due);
    }

    private ProducerRecord<byte[], byte[]> dead(Task task, long failures, String reason) {
        var record = record(settings.deadLetterTopic(), task, failures, 0);
        record.headers().add("wasmscope_failure", reason.getBytes(StandardCharsets.UTF_8));
        record.headers().add("wasmscope_origin", task.place().getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, Task task, long failures, long due) {
        var known = task.metadata();
        var metadata = new TaskMetadata(
                known.timestampMillis(), known.sourceApplication(), known.sourceInstance(), failures, due);
        var record = new ProducerRecord<byte[], byte[]>(topic, task.key(), task.value());
        record.headers().add(TaskMetadata.HEADER, metadata.toBytes());
        return record;
    }

    private void finished(Task task, boolean again) {
        if (again) {
            metrics.retried();
        } else {
            metrics.dead();
        }
        task.slot().finish();
        task.tracker().end();
    }

    /// Brokers come back; what they refuse for ever stops the runner, and the task stays uncommitted.
    private void unsent(Task task, String reason, Exception failure) {
        if (closed) {
            task.tracker().end();
        } else if (failure instanceof RetriableException) {
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            waiting.add(new Item(task, reason));
        } else {
            task.tracker().end();
            onFatal.accept("A failed task (%s) could not be put off: %s".formatted(task.place(), failure.getMessage()));
        }
    }

    @Override
    public void close() {
        closed = true;
        waiting.add(new Item(null, ""));
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(PATIENCE);
    }
}

package dev.wasmscope.plugins.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A runner on a thread of its own.
final class RunningTasks implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final TaskMetrics metrics = new TaskMetrics();
    private final TaskRunner runner;
    private final Thread thread;
    private volatile @Nullable Throwable failure;

    RunningTasks(RunnerSettings settings, TaskProcessor.Factory processors) {
        this(settings, processors, Duration.ofSeconds(10));
    }

    /// @param patience of the runner with a task when it has to give up its partition
    RunningTasks(RunnerSettings settings, TaskProcessor.Factory processors, Duration patience) {
        runner = new TaskRunner(settings, processors, metrics, patience);
        thread = Thread.ofPlatform().name("runner under test").start(() -> {
            try {
                runner.run();
            } catch (ProcessorFailedException | RuntimeException e) {
                failure = e;
            }
        });
    }

    /// One whose workers share what they do.
    static RunningTasks of(RunnerSettings settings, Work work) {
        return new RunningTasks(settings, _ -> processor(work));
    }

    static TaskProcessor processor(Work work) {
        return new TaskProcessor() {
            @Override
            public TaskOutcome process(byte[] task) {
                return work.process(TestBroker.text(task));
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    @FunctionalInterface
    interface Work {
        TaskOutcome process(String task);
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    void until(BooleanSupplier condition) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(failure).isNull();
            assertThat(System.nanoTime())
                    .as("after %s: %s", PATIENCE, metrics.snapshot())
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    boolean running() {
        return thread.isAlive();
    }

    /// Does not wait for its end.
    void stop() {
        runner.stop();
    }

    @Override
    public void close() {
        stop();
        try {
            assertThat(thread.join(PATIENCE)).as("the runner ends").isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

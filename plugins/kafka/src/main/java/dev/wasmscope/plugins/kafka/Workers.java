package dev.wasmscope.plugins.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The threads that run processors. Tasks of one key go to one thread, in their order; what is handed over is bounded
/// by whoever does.
final class Workers implements AutoCloseable {
    /// Guest calls nest on the thread's stack.
    private static final long STACK_BYTES = 4 << 20;

    private final List<Worker> workers = new ArrayList<>();
    private final Redelivery redelivery;
    private final TaskMetrics metrics;

    /// Starts them.
    ///
    /// @throws ProcessorFailedException when a processor cannot be made; then none is left
    Workers(String group, int count, TaskProcessor.Factory processors, Redelivery redelivery, TaskMetrics metrics)
            throws ProcessorFailedException {
        this.redelivery = redelivery;
        this.metrics = metrics;
        var made = new ArrayList<TaskProcessor>();
        try {
            for (int i = 0; i < count; i++) {
                made.add(processors.make(i));
            }
        } catch (ProcessorFailedException e) {
            made.forEach(TaskProcessor::close);
            throw e;
        }
        for (int i = 0; i < count; i++) {
            workers.add(new Worker("%s worker %d".formatted(group, i), made.get(i)));
        }
    }

    int count() {
        return workers.size();
    }

    void hand(int worker, List<Task> tasks) {
        workers.get(worker).queue.add(tasks);
    }

    private final class Worker {
        private final BlockingQueue<List<Task>> queue = new LinkedBlockingQueue<>();
        private final TaskProcessor processor;
        private final Thread thread;

        Worker(String name, TaskProcessor processor) {
            this.processor = processor;
            thread = new Thread(null, this::run, name, STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
        }

        /// An empty list is the end.
        private void run() {
            try (processor) {
                for (var tasks = queue.take(); !tasks.isEmpty(); tasks = queue.take()) {
                    tasks.forEach(this::run);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void run(Task task) {
            if (!task.tracker().begin()) {
                return;
            }
            var start = System.nanoTime();
            var outcome = process(task);
            metrics.attempt(outcome, System.nanoTime() - start);
            switch (outcome) {
                case TaskOutcome.Done _ -> {
                    task.slot().finish();
                    task.tracker().end();
                }
                case TaskOutcome.Failed(var reason) -> redelivery.failed(task, reason);
            }
        }

        /// Whatever a processor does, the tasks behind are worked at.
        private TaskOutcome process(Task task) {
            try {
                return processor.process(task.value());
            } catch (RuntimeException | Error e) {
                // An OutOfMemoryError as well: without this thread its keys would wait for ever.
                return new TaskOutcome.Failed("The processor failed: " + e);
            }
        }
    }

    /// Ends when what runs has ended.
    @Override
    public void close() {
        workers.forEach(worker -> worker.queue.add(List.of()));
        for (var worker : workers) {
            try {
                worker.thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}

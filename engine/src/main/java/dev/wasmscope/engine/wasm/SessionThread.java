package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.platform.Completions;
import dev.wasmscope.engine.spi.SessionException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The one thread that touches an instance, and its queue.
final class SessionThread {
    private final LinkedBlockingQueue<Task<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Runnable last;
    private volatile @Nullable SessionException closed;
    private final Completions completions;

    private record Task<T>(Callable<T> work, CompletableFuture<T> answer) {}

    /// @param stackBytes bounds how deep guest calls nest
    /// @param last runs on the thread when nothing more will
    SessionThread(String name, long stackBytes, Runnable last) {
        this.last = last;
        this.completions = new Completions(name + " answer");
        this.thread =
                Thread.ofPlatform().name(name).daemon().stackSize(stackBytes).unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    <T> CompletableFuture<T> submit(Callable<T> work) {
        var task = new Task<>(work, new CompletableFuture<T>());
        queue.add(task);
        var why = closed;
        if (why != null && queue.remove(task)) {
            task.answer.completeExceptionally(why);
        }
        return task.answer;
    }

    /// Ends the thread after the task under way; what waits fails with `why`.
    void close(SessionException why) {
        if (closed == null) {
            closed = why;
            queue.add(new Task<>(() -> null, new CompletableFuture<>()));
        }
    }

    private void loop() {
        while (closed == null) {
            try {
                perform(queue.take());
            } catch (InterruptedException e) {
                // A deadline that rang late; nobody else interrupts this thread.
            }
        }
        var why = closed;
        for (Task<?> task; (task = queue.poll()) != null; ) {
            var answer = task.answer;
            completions.run(() -> answer.completeExceptionally(why));
        }
        last.run();
    }

    private <T> void perform(Task<T> task) {
        try {
            var value = task.work.call();
            completions.run(() -> task.answer.complete(value));
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            completions.run(() -> task.answer.completeExceptionally(e));
        }
    }
}

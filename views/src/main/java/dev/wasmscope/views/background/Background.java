package dev.wasmscope.views.background;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The only way off the UI thread, and the only way back.
///
/// Work runs on virtual threads: it waits for files, sockets and sessions. Guest code has the threads of its
/// sessions, measuring loops have theirs.
public final class Background implements AutoCloseable {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("background-", 0).factory());
    private final Executor ui;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ui-clock").factory());
    private final long origin = System.nanoTime();
    private final ObservableList<RunningTask> tasks = FXCollections.observableArrayList();
    private final ObservableList<RunningTask> tasksView = FXCollections.unmodifiableObservableList(tasks);

    /// @param ui queues like `Platform::runLater`; never runs inline
    public Background(Executor ui) {
        this.ui = ui;
    }

    /// What is under way, for the status bar. UI thread only.
    public ObservableList<RunningTask> tasks() {
        return tasksView;
    }

    /// Starts work that the status bar shows with progress and a stop. UI thread only; `then` runs there too. After
    /// [#close()] nothing is started and `then` gets [Result.Cancelled].
    public <T> RunningTask start(String title, Work<T> work, Consumer<Result<T>> then) {
        var task = new RunningTask(title);
        var latest = new AtomicReference<@Nullable Step>();
        var future =
                new FutureTask<T>(() -> work.run((fraction, step) -> {
                    // One queued update at a time: a busy worker must not flood the UI thread.
                    if (latest.getAndSet(new Step(fraction, step)) == null) {
                        ui.execute(() -> {
                            var s = latest.getAndSet(null);
                            if (s != null) {
                                task.at(s.fraction, s.text);
                            }
                        });
                    }
                })) {
                    @Override
                    protected void done() {
                        var result = Result.of(this);
                        ui.execute(() -> {
                            tasks.remove(task);
                            then.accept(result);
                        });
                    }
                };
        task.started(future);
        tasks.add(task);
        try {
            threads.execute(future);
        } catch (RejectedExecutionException e) {
            // The window is closing: what is asked for now, a late answer's clean-up say, counts as cancelled.
            future.cancel(false);
        }
        return task;
    }

    /// Brings the answer of a session or client back to the UI thread. Callable from any thread.
    public <T> void await(CompletionStage<T> stage, Consumer<Result<T>> then) {
        var _ = stage.whenComplete((_, _) -> ui.execute(() -> then.accept(Result.of(stage.toCompletableFuture()))));
    }

    /// Runs `action` on the UI thread, later.
    public void onUi(Runnable action) {
        ui.execute(action);
    }

    /// Runs `action` on the UI thread again and again. A beat is left out while the one before waits its turn, and
    /// beats of equal or double length fall together: what they change is painted once.
    Future<?> every(Duration period, Runnable action) {
        var waiting = new AtomicBoolean();
        try {
            return clock.scheduleAtFixedRate(
                    () -> {
                        if (waiting.compareAndSet(false, true)) {
                            ui.execute(() -> {
                                waiting.set(false);
                                action.run();
                            });
                        }
                    },
                    period.toNanos() - Math.floorMod(System.nanoTime() - origin, period.toNanos()),
                    period.toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The window is closing.
            return CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        threads.shutdownNow();
    }

    private record Step(double fraction, String text) {}
}

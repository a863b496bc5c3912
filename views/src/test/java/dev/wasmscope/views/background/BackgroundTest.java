package dev.wasmscope.views.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The test's own thread is the UI thread: it runs what was queued.
class BackgroundTest {
    private static final int PATIENCE_SECONDS = 20;

    private final LinkedBlockingQueue<Runnable> ui = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Result<String>> results = new LinkedBlockingQueue<>();
    private final Background background = new Background(ui::add);

    @AfterEach
    void close() {
        background.close();
    }

    @Test
    void workIsListedWithItsProgressUntilItsResultIsTaken() throws InterruptedException {
        var go = new CountDownLatch(1);
        var task = background.start(
                "Counting",
                progress -> {
                    progress.at(0.5, "half");
                    go.await();
                    return "done";
                },
                results::add);
        runOne();
        assertThat(task.progressProperty().get()).isEqualTo(0.5);
        assertThat(task.stepProperty().get()).isEqualTo("half");
        assertThat(background.tasks()).containsExactly(task);
        go.countDown();
        runOne();
        assertThat(results.take()).isEqualTo(new Result.Ok<>("done"));
        assertThat(background.tasks()).isEmpty();
    }

    @Test
    void cancelledWorkIsInterruptedAndSaysSo() throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var task = background.start(
                "Waiting",
                _ -> {
                    started.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return "never";
                },
                results::add);
        assertThat(started.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        task.cancel();
        assertThat(interrupted.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        runOne();
        assertThat(results.take()).isEqualTo(new Result.Cancelled<>());
    }

    @Test
    void failureKeepsItsCause() throws InterruptedException {
        var cause = new IllegalStateException("The disk is full.");
        var _ = background.start(
                "Failing",
                _ -> {
                    throw cause;
                },
                results::add);
        runOne();
        assertThat(results.take()).isEqualTo(new Result.Failed<>(cause));
    }

    @Test
    void workAskedForAfterClosingCountsAsCancelled() throws InterruptedException {
        background.close();
        var _ = background.start("Late", _ -> "never", results::add);
        runOne();
        assertThat(results.take()).isEqualTo(new Result.Cancelled<>());
        assertThat(background.tasks()).isEmpty();
    }

    private void runOne() throws InterruptedException {
        var queued = ui.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(queued).isNotNull();
        queued.run();
    }
}

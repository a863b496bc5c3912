package dev.wasmscope.plugins.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.strategy.AdaptiveExecutionStrategy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final long PATIENCE_SECONDS = 30;
    private static final long LONG = 1_000_000;

    private final QueuedThreadPool pool = new QueuedThreadPool(8);
    private final Workers workers = new Workers(pool);
    private final BlockingQueue<Runnable> heard = new LinkedBlockingQueue<>();
    private final AdaptiveExecutionStrategy listening = new AdaptiveExecutionStrategy(this::next, workers);

    /// What a selector does: it waits for something to do.
    private @Nullable Runnable next() {
        try {
            return heard.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @BeforeEach
    void start() throws Exception {
        pool.setReservedThreads(2);
        pool.start();
        workers.start();
        listening.start();
        listening.dispatch();
    }

    @AfterEach
    void stop() throws Exception {
        workers.stop();
        listening.stop();
        pool.stop();
    }

    private Set<Thread> threadsOf(int tasks) throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        for (var i = 0; i < tasks; i++) {
            var done = new CountDownLatch(1);
            heard.add(() -> {
                threads.add(Thread.currentThread());
                done.countDown();
            });
            assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        return threads;
    }

    @Test
    void anotherListensWhileOneIsHeldUp() throws InterruptedException {
        for (var round = 0; round < 3; round++) {
            var free = new CountDownLatch(1);
            var freed = new CountDownLatch(2);
            heard.addAll(List.of(
                    () -> {
                        await(free);
                        freed.countDown();
                    },
                    () -> {
                        await(free);
                        freed.countDown();
                    },
                    free::countDown));
            assertThat(freed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anotherListensAfterALongRest() throws InterruptedException {
        var free = new CountDownLatch(1);
        assertThat(threadsOf(1)).hasSize(1);
        // Until the clock stands still.
        Thread.sleep(500);
        heard.add(() -> await(free));
        assertThat(threadsOf(2)).isNotEmpty();
        free.countDown();
    }

    @Test
    void whereRunsTakeLongThreadsAreWokenAtOnce() throws InterruptedException {
        for (var run = 0; run < 100; run++) {
            workers.kept(LONG);
        }
        assertThat(threadsOf(200)).hasSizeGreaterThan(1);
        for (var run = 0; run < 1000; run++) {
            workers.kept(0);
        }
        assertThat(threadsOf(200)).isNotEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

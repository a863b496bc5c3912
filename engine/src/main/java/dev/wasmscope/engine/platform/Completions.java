package dev.wasmscope.engine.platform;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Completes futures on virtual threads, one after another: what hangs on a future may block without holding up the
/// thread that has the answer.
///
/// A completion waits for the one before it, but not for ever: work hanging on the first may be waiting for the
/// second.
public final class Completions {
    private static final long PATIENCE_MS = 100;

    private final String name;
    private CountDownLatch answered = new CountDownLatch(0);

    /// @param name of the threads
    public Completions(String name) {
        this.name = name;
    }

    /// Returns at once.
    public synchronized void run(Runnable completion) {
        var before = answered;
        var mine = new CountDownLatch(1);
        answered = mine;
        Thread.ofVirtual().name(name).start(() -> {
            try {
                var _ = before.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
                completion.run();
            } catch (InterruptedException e) {
                throw new AssertionError("Nobody knows this thread.", e);
            } finally {
                mine.countDown();
            }
        });
    }
}

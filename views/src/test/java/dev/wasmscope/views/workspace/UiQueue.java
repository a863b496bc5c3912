package dev.wasmscope.views.workspace;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The UI thread of tests that need no toolkit: the test's own, which runs what was queued while it waits.
public final class UiQueue implements Executor {
    private static final long PATIENCE_SECONDS = 20;
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable action) {
        queue.add(action);
    }

    /// Runs what is queued, without waiting.
    public void runQueued() {
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            next.run();
        }
    }

    /// Runs queued actions until the condition holds.
    public void until(String what, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            try {
                var next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("Waited for " + PATIENCE_SECONDS + " s in vain: " + what);
                }
                next.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

package dev.wasmscope.engine.latency;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Threads that spin: the machine that is busy with other things. Used by the measuring thread.
final class BusyThreads {
    private final List<Spinning> spinning = new ArrayList<>();
    private final ExecutorService starter = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("busy-starter").factory());

    /// Threads run where the one that starts them may: the starter begins before the measuring thread is pinned.
    BusyThreads() {
        starter.execute(() -> {});
    }

    /// @param threads that spin from here on
    void set(int threads) throws InterruptedException {
        while (spinning.size() < threads) {
            spinning.add(CompletableFuture.supplyAsync(Spinning::new, starter).join());
        }
        while (spinning.size() > threads) {
            spinning.removeLast().end();
        }
    }

    private static final class Spinning {
        private volatile boolean on = true;
        private final Thread thread = Thread.ofPlatform().daemon().name("busy").start(this::spin);

        private void spin() {
            while (on) {
                Thread.onSpinWait();
            }
        }

        private void end() throws InterruptedException {
            on = false;
            thread.join();
        }
    }
}

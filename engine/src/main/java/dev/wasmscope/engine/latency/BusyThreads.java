package dev.wasmscope.engine.latency;

import java.util.ArrayList;
import java.util.List;

/// One spinning thread a core: the machine that is busy with other things.
final class BusyThreads {
    private volatile boolean on;
    private final List<Thread> threads = new ArrayList<>();

    /// Measuring thread only.
    void set(boolean busy) throws InterruptedException {
        if (busy == on) {
            return;
        }
        on = busy;
        if (busy) {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                threads.add(Thread.ofPlatform().daemon().name("busy-" + i).start(this::spin));
            }
        } else {
            for (var thread : threads) {
                thread.join();
            }
            threads.clear();
        }
    }

    private void spin() {
        while (on) {
            Thread.onSpinWait();
        }
    }
}

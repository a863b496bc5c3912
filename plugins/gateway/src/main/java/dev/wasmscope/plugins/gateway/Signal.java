package dev.wasmscope.plugins.gateway;

import java.util.concurrent.CountDownLatch;

/// The end of a server by a signal: what is under way is let end, and the exit code is 0, since a signal is
/// how a server is meant to end.
final class Signal {
    private final CountDownLatch came = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    /// On the thread of a shutdown hook.
    void came() {
        if (over.getCount() == 0) {
            // The program ends by itself, with a code of its own.
            return;
        }
        came.countDown();
        try {
            over.await();
            Runtime.getRuntime().halt(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void await() throws InterruptedException {
        came.await();
    }

    /// All is closed.
    void over() {
        over.countDown();
    }
}

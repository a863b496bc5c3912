package dev.wasmscope.engine.wasm;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One thread that looks at the calls of all hosted instances every few milliseconds.
final class LeashWatch implements AutoCloseable {
    private static final long BUSY_MILLIS = 2;

    /// While nobody calls: the first call of all is watched a little later.
    private static final long CALM_MILLIS = 8;

    private final Set<GuestLeash> leashes = ConcurrentHashMap.newKeySet();
    private @Nullable Thread thread;
    private boolean closed;

    synchronized void add(GuestLeash leash) {
        if (closed) {
            throw new IllegalStateException("The engine was closed.");
        }
        leashes.add(leash);
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("hosted deadlines").start(this::loop);
        }
        notifyAll();
    }

    void remove(GuestLeash leash) {
        leashes.remove(leash);
    }

    private void loop() {
        var threads = new ThreadTimes.OfMachine();
        try {
            while (true) {
                awaitOne();
                Thread.sleep(look(threads) ? BUSY_MILLIS : CALM_MILLIS);
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private synchronized void awaitOne() throws InterruptedException {
        while (leashes.isEmpty()) {
            wait();
        }
    }

    private boolean look(ThreadTimes threads) {
        var now = System.nanoTime();
        var busy = false;
        for (var leash : leashes) {
            leash.look(now, threads);
            busy |= leash.running();
        }
        return busy;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}

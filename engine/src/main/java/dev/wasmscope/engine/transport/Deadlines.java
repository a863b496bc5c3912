package dev.wasmscope.engine.transport;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ends waits that took too long, without a system call on the way of those that did not.
///
/// A blocking channel has no read time-out of its own, and a selector costs two more system calls a read, which is
/// what a latency probe would measure. So a wait only stores its deadline, and one thread looks at all of them every
/// [#STEP]: a time-out comes up to that much late. What is late is closed, which frees its reader. Streams that
/// never wait with a time-out never join, and without any that joined there is no thread.
final class Deadlines {
    static final Deadlines SHARED = new Deadlines();
    static final Duration STEP = Duration.ofMillis(20);

    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private boolean running;

    private Deadlines() {}

    /// Joins what may wait; its owner leaves with it.
    Wait join(Closeable channel) {
        var wait = new Wait(channel);
        synchronized (this) {
            waits.add(wait);
            if (!running) {
                running = true;
                Thread.ofPlatform().daemon().name("transport-deadlines").start(this::watch);
            }
        }
        return wait;
    }

    void leave(Wait wait) {
        waits.remove(wait);
    }

    private void watch() {
        while (true) {
            synchronized (this) {
                if (waits.isEmpty()) {
                    running = false;
                    return;
                }
            }
            try {
                Thread.sleep(STEP);
            } catch (InterruptedException e) {
                // Nobody has this thread's handle; were it interrupted, the deadlines still have to be kept.
                continue;
            }
            var now = System.nanoTime();
            waits.forEach(wait -> wait.check(now));
        }
    }

    /// The wait of one reader.
    static final class Wait {
        private final Closeable channel;
        private volatile long deadline;
        private volatile boolean armed;
        private volatile boolean expired;

        private Wait(Closeable channel) {
            this.channel = channel;
        }

        void begin(Duration timeout) {
            deadline = System.nanoTime() + timeout.toNanos();
            armed = true;
        }

        void end() {
            armed = false;
        }

        boolean expired() {
            return expired;
        }

        private void check(long now) {
            if (armed && deadline - now < 0) {
                expired = true;
                try {
                    channel.close();
                } catch (IOException e) {
                    // It could not even be closed: the reader learns from its own exception.
                }
            }
        }
    }
}

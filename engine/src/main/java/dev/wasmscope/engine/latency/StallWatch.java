package dev.wasmscope.engine.latency;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Closes the connection of a series whose server does not answer: the measuring loop waits without a deadline,
/// which would cost it a system call a request.
final class StallWatch {
    private final long patience;
    private volatile @Nullable Watched watched;
    private volatile @Nullable Exchange closed;

    StallWatch(Duration patience) {
        this.patience = patience.toNanos();
        Thread.ofPlatform().daemon().name("stall-watch").start(this::watch);
    }

    /// Between two blocks.
    void begin(Exchange exchange, long nanos) {
        watched = new Watched(exchange, System.nanoTime() + nanos + patience);
    }

    void end() {
        watched = null;
    }

    /// Whether this exchange failed because its connection was closed here.
    boolean stalled(Exchange exchange) {
        return closed == exchange;
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(Math.max(10, patience / 20_000_000));
                var current = watched;
                if (current != null && System.nanoTime() - current.until > 0) {
                    closed = current.exchange;
                    watched = null;
                    current.exchange.close();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The connection is unusable either way; its read reports it.
        }
    }

    private record Watched(Exchange exchange, long until) {}
}

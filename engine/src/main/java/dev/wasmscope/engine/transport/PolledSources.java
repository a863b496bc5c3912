package dev.wasmscope.engine.transport;

import java.util.ArrayList;
import java.util.List;

/// What a loop has to ask besides its selector, and how it divides its attention between the two.
final class PolledSources {
    /// A system call is dear beside a look into memory, so sockets are looked at this often while memory is.
    private static final long SOCKETS_EVERY_NANOS = 10_000;

    private final List<PolledSource> all = new ArrayList<>(1);
    private long socketsAt;

    void add(PolledSource source) {
        all.add(source);
    }

    /// @return whether there was anything
    boolean poll() {
        var found = false;
        for (var i = 0; i < all.size(); i++) {
            found |= all.get(i).poll();
        }
        return found;
    }

    /// Asks until there is something, or the sockets' turn has come.
    ///
    /// @return whether there was anything
    boolean pollUntilSockets() {
        while (!poll()) {
            if (socketsDue()) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    boolean socketsDue() {
        return System.nanoTime() - socketsAt >= SOCKETS_EVERY_NANOS;
    }

    void socketsSeen() {
        if (!all.isEmpty()) {
            socketsAt = System.nanoTime();
        }
    }

    /// Whether all of them agree to be woken instead of asked.
    boolean maySleep() {
        var agreed = true;
        for (var i = 0; i < all.size(); i++) {
            agreed &= all.get(i).maySleep();
        }
        return agreed;
    }

    void awake() {
        for (var i = 0; i < all.size(); i++) {
            all.get(i).awake();
        }
    }

    void close() {
        all.forEach(PolledSource::close);
    }
}

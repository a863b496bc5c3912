package dev.wasmscope.engine.wasm;

import java.util.concurrent.atomic.AtomicLong;

/// What all guests of this process may take of the heap together. Guests are refused memory, the host never is.
final class HeapBudget {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    HeapBudget(long most) {
        this.most = most;
    }

    /// Three fifths of what this Java may use: the rest is for the host, and for the old array while one grows.
    static HeapBudget ofThisJava() {
        return new HeapBudget(Runtime.getRuntime().maxMemory() / 5 * 3);
    }

    boolean take(long bytes) {
        var before = taken.getAndAdd(bytes);
        if (before + bytes > most) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        taken.addAndGet(-bytes);
    }

    long most() {
        return most;
    }

    long taken() {
        return taken.get();
    }
}

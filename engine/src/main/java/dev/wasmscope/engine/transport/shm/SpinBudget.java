package dev.wasmscope.engine.transport.shm;

/// How long one side spins before it sleeps, learned from how that went: what comes within the time makes it a little
/// longer, what does not makes it half as long. One thread at a time.
final class SpinBudget {
    private static final long FIRST_NANOS = 20_000;
    private static final long MOST_NANOS = 50_000;
    private static final long LEAST_NANOS = 500;
    /// So that a busy time is found again after a quiet one.
    private static final int TRY_AGAIN_EVERY = 32;

    private static final long TRY_AGAIN_NANOS = 10_000;

    private long nanos = FIRST_NANOS;
    private int misses;

    long nanos() {
        return nanos;
    }

    void hit() {
        nanos = Math.min(MOST_NANOS, nanos + (nanos >> 2) + 50);
    }

    void miss() {
        nanos = Math.max(LEAST_NANOS, nanos >> 1);
        if (++misses % TRY_AGAIN_EVERY == 0) {
            nanos = Math.max(nanos, TRY_AGAIN_NANOS);
        }
    }
}

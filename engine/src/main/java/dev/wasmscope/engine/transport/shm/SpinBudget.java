package dev.wasmscope.engine.transport.shm;

/// How long one side spins before it sleeps, learned as KVM learns how long to poll a halted processor's queue
/// (`halt_poll_ns`): what comes while it spins, or would have within 200 us, makes it longer; what takes longer halves
/// it. One thread at a time.
final class SpinBudget {
    private static final long FIRST_NANOS = 20_000;
    /// More than one side's being woken takes: who waits for an answer need not be woken as well.
    private static final long MOST_NANOS = 200_000;

    private static final long LEAST_NANOS = 500;

    private long nanos = FIRST_NANOS;

    long nanos() {
        return nanos;
    }

    /// Something came while it spun.
    void hit() {
        atLeast(nanos + (nanos >> 2) + 50);
    }

    /// Something came, or was looked for, after it had slept.
    ///
    /// @param waited nanoseconds since it began to spin
    void slept(long waited) {
        if (waited <= MOST_NANOS) {
            atLeast(waited + (waited >> 2));
        } else {
            nanos = Math.max(LEAST_NANOS, nanos >> 1);
        }
    }

    private void atLeast(long wanted) {
        nanos = Math.max(nanos, Math.min(wanted, MOST_NANOS));
    }
}

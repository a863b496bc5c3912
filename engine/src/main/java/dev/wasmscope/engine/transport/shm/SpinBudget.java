package dev.wasmscope.engine.transport.shm;

/// How long one side spins before it sleeps, learned as KVM learns how long to poll a halted processor's queue
/// (`halt_poll_ns`): what comes while it spins, or would have within 200 us, makes it longer; what takes longer halves
/// it. Where spinning longer does not help, as both sides have one processor and each keeps the other from it, it is
/// halved, too. One thread at a time.
final class SpinBudget {
    private static final long FIRST_NANOS = 20_000;
    /// More than one side's being woken takes: who waits for an answer need not be woken as well.
    private static final long MOST_NANOS = 200_000;

    private static final long LEAST_NANOS = 500;

    /// So often spinning longer is tried without a hit; then not for so many waits.
    private static final int MOST_IN_VAIN = 3;

    private static final int TRY_AGAIN_AFTER = 256;

    private long nanos = FIRST_NANOS;
    /// Short waits that ended in sleep since the last that did not.
    private int inVain;

    long nanos() {
        return nanos;
    }

    /// Something came while it spun.
    void hit() {
        inVain = 0;
        atLeast(nanos + (nanos >> 2) + 50);
    }

    /// Something came after it had slept, or the time was over.
    ///
    /// @param waited nanoseconds since it began to spin
    void slept(long waited) {
        var soon = waited <= MOST_NANOS;
        if (soon && inVain < MOST_IN_VAIN) {
            atLeast(waited + (waited >> 2));
        } else {
            nanos = Math.max(LEAST_NANOS, nanos >> 1);
        }
        inVain = soon ? (inVain + 1) % TRY_AGAIN_AFTER : 0;
    }

    private void atLeast(long wanted) {
        nanos = Math.max(nanos, Math.min(wanted, MOST_NANOS));
    }
}

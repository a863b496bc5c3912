package dev.wasmscope.engine.redis.benchmark;

/// A fixed piece of work, timed between the measurements: how fast the machine is at this moment. On a machine that
/// is shared, times are comparable only beside it.
final class Calibration {
    private static final int ROUNDS = 30_000_000;

    private volatile long sink;

    Calibration() {
        // Compiled before it counts.
        for (int i = 0; i < 3; i++) {
            nanos();
        }
    }

    /// Times the work once, about 30 ms: a chain of dependent multiplications that fits into registers.
    long nanos() {
        long begin = System.nanoTime();
        long state = 1234;
        for (int i = 0; i < ROUNDS; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
        }
        sink = state;
        return System.nanoTime() - begin;
    }

    /// So that the work has a use that no compiler can take away.
    long sink() {
        return sink;
    }
}

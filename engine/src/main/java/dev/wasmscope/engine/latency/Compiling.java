package dev.wasmscope.engine.latency;

import java.io.IOException;
import java.lang.management.ManagementFactory;

/// Requests that nobody counts, before a run at a fixed rate: slow ones are too few to get the measuring code, and a
/// server's, compiled. At 100 a second a minute of them ran in the interpreter. They go on until the compiler has
/// nothing more to do, 3 s at the most.
final class Compiling {
    private static final long TURN_NANOS = 50_000_000;
    static final long LONGEST_TURN_NANOS = 2 * TURN_NANOS + Block.OVERRUN_NANOS;

    private static final double RATE = 10_000;
    private static final long LEAST_NANOS = 1_000_000_000;
    private static final long MOST_NANOS = 3_000_000_000L;
    /// The compiler is done when it has taken less than a fiftieth of the time for so long.
    private static final long QUIET_NANOS = 400_000_000;

    private static final int QUIET_SHARE = 50;

    private final Block unseen = new Block();
    private final long begun = System.nanoTime();
    private long lookedAt = begun;
    private long compiled = compiledMillis();

    /// A while of one series.
    void turn(Exchange exchange) throws IOException {
        unseen.closedLoop(exchange, TURN_NANOS);
        unseen.fixedRate(exchange, RATE, TURN_NANOS, 0);
    }

    /// To be asked between two rounds of turns.
    boolean over() {
        long now = System.nanoTime();
        if (now - begun >= MOST_NANOS) {
            return true;
        }
        if (now - lookedAt < QUIET_NANOS) {
            return false;
        }
        long since = compiledMillis();
        boolean quiet = (since - compiled) * 1_000_000 * QUIET_SHARE < now - lookedAt;
        lookedAt = now;
        compiled = since;
        return quiet && now - begun >= LEAST_NANOS;
    }

    private static long compiledMillis() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }
}

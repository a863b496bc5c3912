package dev.wasmscope.engine.redis.wasm;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Microseconds since 1970, finer than the system's milliseconds: counted on from a look at them, which is repeated
/// every second, so that a clock that was set is followed.
final class WallClock {
    private static final long SECOND = 1_000_000_000L;

    private long sinceNanos;
    private long sinceMicros;

    WallClock() {
        look();
    }

    private void look() {
        sinceNanos = System.nanoTime();
        // Not in whole milliseconds: a deadline that a client computes a moment later must not lie before this.
        sinceMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    long micros() {
        var passed = System.nanoTime() - sinceNanos;
        if (passed > SECOND) {
            look();
            return sinceMicros;
        }
        return sinceMicros + passed / 1000;
    }
}

package dev.wasmscope.engine.redis.wasm;

import org.jspecify.annotations.Nullable;

/// A copy of the whole state to go back to after a trap. Together with the inputs since, it leads to the state before
/// the request that trapped.
///
/// Copying costs time, and replaying costs time, too: a new copy is made when the guest has run twenty times as long
/// as the last one took, so that copies cost about 5 % of the running time and a replay never more than that stretch.
final class Checkpoint {
    private static final int SHARE = 20;
    private static final long SHORTEST_NANOS = 50_000_000;
    /// Inputs to keep in memory at most.
    private static final int MOST_LOG_BYTES = 64 << 20;
    /// Looking at the clock costs as much as a short command on some machines: one turn of so many is timed.
    private static final int SAMPLED = 32;

    private RedisInstance.State state;
    private boolean lent;
    private long cost;
    private long busy;
    private long turnStart;
    private int turns;

    Checkpoint(RedisInstance redis) {
        this.state = timed(redis, null);
    }

    private RedisInstance.State timed(RedisInstance redis, RedisInstance.@Nullable State reuse) {
        var start = System.nanoTime();
        var copy = redis.save(reuse);
        cost = System.nanoTime() - start;
        busy = 0;
        return copy;
    }

    /// The guest is about to run.
    void turnBegins() {
        if (turnStart == 0 && turns % SAMPLED == 0) {
            turnStart = System.nanoTime();
        }
    }

    /// The guest is at rest until the next turn.
    void turnEnds() {
        turns++;
        if (turnStart != 0) {
            busy += SAMPLED * (System.nanoTime() - turnStart);
            turnStart = 0;
        }
    }

    /// @param logBytes of inputs since this copy
    boolean due(int logBytes) {
        return logBytes > MOST_LOG_BYTES || (logBytes > 0 && busy > Math.max(SHORTEST_NANOS, SHARE * cost));
    }

    void take(RedisInstance redis) {
        state = timed(redis, lent ? null : state);
        lent = false;
    }

    /// The copy for somebody else to read at leisure: it will not be overwritten.
    RedisInstance.State lend() {
        lent = true;
        return state;
    }

    void restore(RedisInstance redis) {
        redis.restore(state);
    }
}

package dev.wasmscope.engine.redis.benchmark;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the guest's process answers: a JSON line each.
///
/// @param nanos of each test of the group
/// @param cpuNanos of the thread that ran them
/// @param compared replies that were equal to the native server's
/// @param problem why there is nothing else; then nothing more follows
record GuestTimes(
        List<Long> nanos,
        List<Long> cpuNanos,
        long compared,
        @Nullable String problem) {
    static GuestTimes done() {
        return new GuestTimes(List.of(), List.of(), 0, null);
    }

    static GuestTimes equal(long compared) {
        return new GuestTimes(List.of(), List.of(), compared, null);
    }

    static GuestTimes failed(String problem) {
        return new GuestTimes(List.of(), List.of(), 0, problem);
    }
}

package dev.wasmscope.engine.latency;

import org.jspecify.annotations.Nullable;

/// Processor seconds per 1,000 operations, waiting that spins included.
///
/// @param client of the measuring thread; null where unknown
/// @param server of all threads of the server's process while it was measured; null where unknown, as of a server on
///     another machine
public record CpuUse(@Nullable Double client, @Nullable Double server) {
    static CpuUse of(long clientNanos, long serverNanos, long operations) {
        return new CpuUse(perThousand(clientNanos, operations), perThousand(serverNanos, operations));
    }

    private static @Nullable Double perThousand(long nanos, long operations) {
        return nanos < 0 || operations == 0 ? null : nanos / 1e6 / operations;
    }
}

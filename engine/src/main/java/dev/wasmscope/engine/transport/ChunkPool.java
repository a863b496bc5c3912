package dev.wasmscope.engine.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/// Buffers for output: taken while something waits for a client, given back when it has left, so that a steady state
/// allocates nothing.
final class ChunkPool {
    static final int CHUNK = 64 * 1024;
    /// What stays for the next burst: 16 MiB.
    private static final int KEPT = 256;

    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private final long limit;
    private long taken;

    /// @param limit bytes that may be out at once
    ChunkPool(long limit) {
        this.limit = limit;
    }

    boolean exhausted() {
        return taken * CHUNK >= limit;
    }

    ByteBuffer take() {
        taken++;
        var chunk = free.pollLast();
        return chunk == null ? ByteBuffer.allocateDirect(CHUNK) : chunk;
    }

    void giveBack(ByteBuffer chunk) {
        taken--;
        if (free.size() < KEPT) {
            free.addLast(chunk.clear());
        }
    }
}

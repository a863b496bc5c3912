package dev.wasmscope.engine.redis.wasm;

import java.util.ArrayList;
import java.util.List;

/// The last requests that were handled, with what they cost. Kept only while somebody looks.
final class RecentCalls {
    private static final int KEPT = 256;

    private final Call[] calls = new Call[KEPT];
    private long count;

    /// @param number counted from 1
    /// @param bytes of the request, or of the part of one that came in one piece
    /// @param nanos from before the copy into the guest's memory until its replies were taken
    record Call(long number, int client, int bytes, long nanos, int pagesBefore, int pagesAfter) {}

    void add(int client, int bytes, long nanos, int pagesBefore, int pagesAfter) {
        count++;
        calls[(int) (count % KEPT)] = new Call(count, client, bytes, nanos, pagesBefore, pagesAfter);
    }

    /// Oldest first.
    ///
    /// @param client 0 for all
    /// @param after number of a call; later ones are given
    List<Call> of(int client, long after) {
        var found = new ArrayList<Call>();
        for (var number = Math.max(count - KEPT, after) + 1; number <= count; number++) {
            var call = calls[(int) (number % KEPT)];
            if (client == 0 || call.client() == client) {
                found.add(call);
            }
        }
        return found;
    }
}

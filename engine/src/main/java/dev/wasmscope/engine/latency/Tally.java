package dev.wasmscope.engine.latency;

import java.util.Arrays;
import java.util.BitSet;

/// Counts latencies of many blocks. What is in it can be copied at the price of what occurred: hundreds of values,
/// where a histogram has thirty thousand to go through.
final class Tally {
    private final long[] counts = new long[Buckets.LENGTH];
    private final BitSet occurred = new BitSet(Buckets.LENGTH);

    /// @param bucket 0 to [Buckets#LENGTH] - 1
    void add(int bucket, long count) {
        counts[bucket] += count;
        occurred.set(bucket);
    }

    void add(Tally other) {
        for (int i = other.occurred.nextSetBit(0); i >= 0; i = other.occurred.nextSetBit(i + 1)) {
            add(i, other.counts[i]);
        }
    }

    boolean isEmpty() {
        return occurred.isEmpty();
    }

    void clear() {
        Arrays.fill(counts, 0);
        occurred.clear();
    }

    /// As it is now.
    Distribution copy() {
        int size = occurred.cardinality();
        var lowest = new long[size];
        var upTo = new long[size];
        long all = 0;
        int at = 0;
        for (int i = occurred.nextSetBit(0); i >= 0; i = occurred.nextSetBit(i + 1)) {
            all += counts[i];
            lowest[at] = Buckets.lowest(i);
            upTo[at] = all;
            at++;
        }
        return new Distribution(lowest, upTo);
    }
}

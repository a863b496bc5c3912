package dev.wasmscope.engine.latency;

import java.util.Arrays;

/// Gathers one series' blocks into bins of time and keeps the percentiles of each.
final class CurveBuilder {
    private final long binNanos;
    private final int capacity;
    private Tally bin = new Tally();
    private long binIndex = -1;
    private boolean binWarm;
    private double[] seconds = new double[256];
    private double[] p50 = new double[256];
    private double[] p99 = new double[256];
    private boolean[] warm = new boolean[256];
    private int size;

    /// @param capacity points that are kept; beyond it the older half goes
    CurveBuilder(long binNanos, int capacity) {
        this.binNanos = binNanos;
        this.capacity = capacity;
    }

    /// @param nanos middle of the block, since the run began; not before that of the block before
    void add(long nanos, SentCounts latency, boolean isWarm) {
        long index = nanos / binNanos;
        if (index != binIndex || isWarm != binWarm) {
            close();
            binIndex = index;
            binWarm = isWarm;
        }
        latency.addTo(bin);
    }

    /// Ends the bin, so that what follows is not mixed with it.
    void close() {
        if (bin.isEmpty()) {
            return;
        }
        if (size == capacity) {
            drop(capacity / 2);
        }
        if (size == seconds.length) {
            grow(Math.min(capacity, size * 2));
        }
        seconds[size] = (binIndex + 0.5) * binNanos / 1e9;
        var of = bin.copy();
        p50[size] = of.percentileOrWeaker(50);
        p99[size] = of.percentileOrWeaker(99);
        warm[size] = binWarm;
        size++;
        bin.clear();
    }

    /// @param from second of the first point wanted
    /// @param open with the bin that is not full yet: a live curve would twitch at its end
    Snapshot.Curve curve(double from, boolean open) {
        if (open && !bin.isEmpty()) {
            var copy = new Tally();
            copy.add(bin);
            int before = size;
            close();
            var whole = curve(from, false);
            // Not full yet: what comes next belongs to the same point.
            size = before == capacity ? size - 1 : before;
            bin = copy;
            return whole;
        }
        int begin = Arrays.binarySearch(seconds, 0, size, from);
        begin = begin < 0 ? -begin - 1 : begin;
        return new Snapshot.Curve(
                Arrays.copyOfRange(seconds, begin, size),
                Arrays.copyOfRange(p50, begin, size),
                Arrays.copyOfRange(p99, begin, size),
                Arrays.copyOfRange(warm, begin, size));
    }

    private void drop(int oldest) {
        for (var array : new Object[] {seconds, p50, p99, warm}) {
            System.arraycopy(array, oldest, array, 0, size - oldest);
        }
        size -= oldest;
    }

    private void grow(int length) {
        seconds = Arrays.copyOf(seconds, length);
        p50 = Arrays.copyOf(p50, length);
        p99 = Arrays.copyOf(p99, length);
        warm = Arrays.copyOf(warm, length);
    }
}

package dev.wasmscope.engine.redis.benchmark;

import java.util.ArrayList;
import java.util.List;

/// How the guest became as fast as it stays: short passes over all tests, one after the other, each with the time that
/// the guest's thread computed. That time, unlike the clock's, hardly depends on what else runs on the machine.
final class WarmUp {
    /// A pass is steady when it takes at most so much more than passes do at the end.
    static final double TOLERANCE = 1.1;

    /// Passes over which single slow ones are evened out.
    private static final int WINDOW = 3;

    /// @param seconds from the start of the guest's process to the start of this pass
    record Pass(double seconds, double cpuSeconds) {}

    private final List<Pass> passes = new ArrayList<>();

    void add(Pass pass) {
        passes.add(pass);
    }

    int passes() {
        return passes.size();
    }

    /// @return from the start of the guest's process to the first steady pass of three whose median is steady, too; to
    ///     the last three where there is none before
    double steadySeconds() {
        double goal = TOLERANCE * median(passes.size() * 2 / 3, passes.size());
        int last = Math.max(0, passes.size() - WINDOW);
        for (int i = 0; i < last; i++) {
            if (passes.get(i).cpuSeconds() <= goal && median(i, i + WINDOW) <= goal) {
                return passes.get(i).seconds();
            }
        }
        return passes.get(last).seconds();
    }

    private double median(int from, int to) {
        return Series.median(
                passes.subList(from, to).stream().mapToDouble(Pass::cpuSeconds).toArray());
    }
}

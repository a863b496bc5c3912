package dev.wasmscope.engine.latency.statistics;

import dev.wasmscope.engine.latency.Distribution;

/// The quantiles of a distribution as a curve without steps: clocks and histograms round, and two series whose median
/// lies on either side of such a step do not differ by it. Half of what lies on a value counts as below it.
final class Quantiles {
    private final double[] values;
    /// Share of the samples below each value.
    private final double[] levels;

    Quantiles(Distribution distribution) {
        var steps = distribution.steps();
        values = new double[steps.size()];
        levels = new double[steps.size()];
        double below = 0;
        for (int i = 0; i < values.length; i++) {
            var step = steps.get(i);
            values[i] = step.micros();
            levels[i] = (below + step.count() / 2.0) / distribution.samples();
            below += step.count();
        }
    }

    /// @param level 0 to 1; clamped to what occurred
    double at(double level) {
        int right = index(level);
        if (right == 0 || right == values.length) {
            return values[Math.min(right, values.length - 1)];
        }
        double weight = (level - levels[right - 1]) / (levels[right] - levels[right - 1]);
        return values[right - 1] + weight * (values[right] - values[right - 1]);
    }

    /// Samples of a part of the distribution that lie below its quantile at this level.
    double below(Distribution part, double level) {
        int right = index(level);
        if (right == 0 || right == values.length) {
            return part.below(values[Math.min(right, values.length - 1)]);
        }
        double weight = (level - levels[right - 1]) / (levels[right] - levels[right - 1]);
        return (1 - weight) * part.below(values[right - 1]) + weight * part.below(values[right]);
    }

    private int index(double level) {
        int low = 0;
        int high = levels.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (levels[middle] < level) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.Distribution;
import org.jfree.data.xy.XYSeries;

/// One distribution by its nines, in at most one point a pixel.
///
/// @param nines that the axis shows
record PercentileLine(Distribution distribution, double nines, int pixels) {
    /// Less than ten samples above a percentile make it the luck of a few requests.
    private static final double ENOUGH_ABOVE = 10;

    private static final double[] MARKED = {50, 90, 99, 99.9, 99.99, 99.999, 99.9999};

    /// How many nines so many samples reach: the last sample stands for one in all.
    static double reach(double samples) {
        return samples <= 1 ? 0 : Math.log10(samples);
    }

    /// What enough samples support.
    XYSeries firm(Comparable<?> key) {
        return line(key, 0, firmEnd());
    }

    /// The rest, connected with it.
    XYSeries weak(Comparable<?> key) {
        return line(key, firmEnd(), end());
    }

    /// The percentiles that people name, as far as they are firm.
    XYSeries marks(Comparable<?> key) {
        var marks = new XYSeries(key, false, true);
        for (double percentile : MARKED) {
            double x = NinesAxis.nines(percentile);
            if (distribution.samples() > 0 && x <= firmEnd() + 1e-9) {
                marks.add(x, distribution.percentileOrWeaker(percentile), false);
            }
        }
        return marks;
    }

    private double firmEnd() {
        return Math.min(nines, reach((double) distribution.samples() / ENOUGH_ABOVE));
    }

    private double end() {
        return Math.min(nines, reach((double) distribution.samples()));
    }

    /// Corners of the stairs that a histogram is.
    private XYSeries line(Comparable<?> key, double from, double to) {
        var line = new XYSeries(key, false, true);
        var steps = distribution.steps();
        if (steps.isEmpty() || to <= from) {
            return line;
        }
        double column = nines / Math.max(1, pixels);
        int at = 0;
        double before = Double.NaN;
        double x = from;
        for (int i = 0; x < to || i == 0; i++) {
            x = Math.min(to, from + i * column);
            double percentile = NinesAxis.percentile(x);
            while (at < steps.size() - 1 && steps.get(at).percentile() < percentile - 1e-9) {
                at++;
            }
            double value = steps.get(at).micros();
            if (value != before || x >= to) {
                if (i > 0 && !Double.isNaN(before) && value != before) {
                    line.add(x - column / 2, before, false);
                }
                line.add(x, value, false);
            }
            before = value;
        }
        return line;
    }
}

package dev.wasmscope.engine.report;

import dev.wasmscope.engine.latency.Snapshot;
import java.util.Arrays;
import org.jfree.data.xy.XYSeries;

/// One series' curve as lines of at most one point a pixel: more cannot be seen, and only costs.
record Lane(int index, Snapshot.Curve curve, TimeSpan span, int pixels) {
    /// A longer silence breaks the line: the run was paused.
    private static final double GAP_SECONDS = 2;

    /// The middle one of a pixel's values: what is usual.
    XYSeries p50(boolean warm) {
        return line(curve.p50(), warm, false);
    }

    /// The highest of a pixel's values: a rare stall must stay visible.
    XYSeries p99(boolean warm) {
        return line(curve.p99(), warm, true);
    }

    /// Some points of the median, evenly spread, which stay where they are while the chart moves on.
    ///
    /// @param count how many there is room for
    /// @param shift 0 to 1: how far from one mark to the next the first one is, so that lanes' marks alternate
    XYSeries marks(int count, double shift) {
        var marks = new XYSeries(key(4), false, true);
        double step = (span.to() - span.from()) / count;
        step = Math.pow(2, Math.ceil(Math.log(step) / Math.log(2)));
        double before = Double.NEGATIVE_INFINITY;
        for (int i = next(0, false); i < curve.size(); i = next(i + 1, false)) {
            double mark = Math.floor(curve.seconds()[i] / step - shift);
            if (mark > before && before != Double.NEGATIVE_INFINITY) {
                marks.add(span.shown(curve.seconds()[i]), curve.p50()[i], false);
            }
            before = mark;
        }
        return marks;
    }

    private int key(int kind) {
        return index * 5 + kind;
    }

    private XYSeries line(double[] values, boolean warm, boolean highest) {
        var line = new XYSeries(key((warm ? 2 : 0) + (highest ? 1 : 0)), false, true);
        double width = Math.max((span.to() - span.from()) / Math.max(1, pixels), 1e-6);
        double last = Double.NaN;
        for (int i = next(0, warm); i < curve.size(); ) {
            double column = Math.floor((curve.seconds()[i] - span.from()) / width);
            int end = i;
            int after = i;
            while (after < curve.size() && Math.floor((curve.seconds()[after] - span.from()) / width) == column) {
                end = after;
                after = next(after + 1, warm);
            }
            double second = curve.seconds()[end];
            if (second - last > GAP_SECONDS) {
                line.add(span.shown((second + last) / 2), null, false);
            }
            line.add(span.shown(second), reduce(Arrays.copyOfRange(values, i, end + 1), highest), false);
            last = second;
            i = after;
        }
        return line;
    }

    /// The next point from `index` on that is of this kind and within the span.
    private int next(int index, boolean warm) {
        int i = index;
        while (i < curve.size()
                && (curve.warm()[i] != warm || curve.seconds()[i] < span.from() || curve.seconds()[i] > span.to())) {
            i++;
        }
        return i;
    }

    private static double reduce(double[] values, boolean highest) {
        Arrays.sort(values);
        return highest ? values[values.length - 1] : values[values.length / 2];
    }
}

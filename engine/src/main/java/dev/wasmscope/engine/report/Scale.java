package dev.wasmscope.engine.report;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;

/// How an axis of latencies grows.
public enum Scale {
    LOG,
    LINEAR;

    /// @param lowest microseconds; a linear axis begins at 0
    ValueAxis axis(double lowest, double highest, double size) {
        return switch (this) {
            case LOG -> new MicrosAxis(lowest, highest, size);
            case LINEAR -> linear(highest);
        };
    }

    private static NumberAxis linear(double highest) {
        var axis = new NumberAxis();
        axis.setRange(0, highest * 1.05);
        axis.setNumberFormatOverride(new Micros());
        return axis;
    }

    /// Latencies with their unit, for JFreeChart.
    private static final class Micros extends NumberFormat {
        private static final long serialVersionUID = 1;

        @Override
        public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
            return to.append(number == 0 ? "0" : Numbers.withUnit(number));
        }

        @Override
        public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
            return format((double) number, to, position);
        }

        @Override
        public Number parse(String source, ParsePosition position) {
            throw new UnsupportedOperationException("An axis only writes: " + source);
        }
    }
}

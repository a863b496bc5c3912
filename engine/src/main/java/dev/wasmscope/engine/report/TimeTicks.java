package dev.wasmscope.engine.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.TickUnits;

/// Steps of a time axis: the ones a clock has.
final class TimeTicks {
    private static final double[] STEPS = {0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600};

    static final TickUnits UNITS = units();

    private TimeTicks() {}

    private static TickUnits units() {
        var format = new DecimalFormat("0.# 's'", DecimalFormatSymbols.getInstance(Locale.ROOT));
        var units = new TickUnits();
        for (double step : STEPS) {
            units.add(new NumberTickUnit(step, format));
        }
        return units;
    }
}

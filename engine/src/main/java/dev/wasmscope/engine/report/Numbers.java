package dev.wasmscope.engine.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Latencies as people read them.
public final class Numbers {
    private Numbers() {}

    /// Three significant digits: `0.651`, `16.2`, `1,234`; a dash for a percentile that too few samples support.
    public static String micros(@Nullable Double micros) {
        if (micros == null) {
            return "–";
        }
        return String.format(
                Locale.ROOT, micros < 1 ? "%,.3f" : micros < 10 ? "%,.2f" : micros < 100 ? "%,.1f" : "%,.0f", micros);
    }

    /// With a unit that fits: `650 ns`, `16.2 µs`, `1.2 ms`, `3 s`.
    public static String withUnit(double micros) {
        if (micros >= 1e6) {
            return short3(micros / 1e6) + " s";
        }
        if (micros >= 1000) {
            return short3(micros / 1000) + " ms";
        }
        return micros >= 1 ? short3(micros) + " µs" : short3(micros * 1000) + " ns";
    }

    /// Whole numbers without a fraction, others as they are: `1024`, `0.5`.
    public static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }

    private static String short3(double value) {
        var text = String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
        return text.indexOf('.') < 0 ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}

package dev.wasmscope.app.shell;

import java.util.Locale;

/// Byte counts for people.
final class Sizes {
    private Sizes() {}

    /// `1.06 MiB`, `64 KiB`.
    static String binary(long bytes) {
        var units = new String[] {"B", "KiB", "MiB", "GiB"};
        var unit = 0;
        var value = (double) bytes;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        var format = value == Math.rint(value) ? "%.0f %s" : "%.2f %s";
        return String.format(Locale.ROOT, format, value, units[unit]);
    }
}

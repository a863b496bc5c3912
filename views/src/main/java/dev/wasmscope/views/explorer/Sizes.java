package dev.wasmscope.views.explorer;

import java.util.Locale;

/// Byte counts for people.
final class Sizes {
    private Sizes() {}

    /// `412 B`, `48.2 KiB`, `9.7 MiB`.
    static String text(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        if (bytes < 1024 * 1024) {
            return "%.1f KiB".formatted(bytes / 1024.0);
        }
        return "%.1f MiB".formatted(bytes / (1024.0 * 1024));
    }

    /// `48.2 KiB (49,357 bytes)`.
    static String exact(long bytes) {
        return bytes < 1024 ? bytes + " bytes" : String.format(Locale.ROOT, "%s (%,d bytes)", text(bytes), bytes);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    /// Share of a whole: `12.3 %`, `< 0.1 %`.
    static String percent(double share) {
        return share > 0 && share < 0.001 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}

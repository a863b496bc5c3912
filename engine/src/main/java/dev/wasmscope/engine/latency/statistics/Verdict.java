package dev.wasmscope.engine.latency.statistics;

import java.util.Locale;

/// What a comparison of one percentile of two series comes to. Percentages are relative to the higher of the two.
public sealed interface Verdict {
    /// Which of the two may as well be the machine's doing.
    ///
    /// @param fromPercent how much the first may be lower, negative; `toPercent`: how much higher
    record NoDifference(double fromPercent, double toPercent) implements Verdict {}

    /// @param lower 0: the first, 1: the second
    /// @param fromPercent at least so much lower
    record Lower(int lower, double fromPercent, double toPercent) implements Verdict {}

    /// There are too few samples or blocks to say anything.
    record TooFew() implements Verdict {}

    /// `no difference (-1.2 to +0.8 %)`, `native · unix is lower by 24.1-25.9 %`.
    default String sentence(String first, String second) {
        return switch (this) {
            case NoDifference(double from, double to) ->
                String.format(Locale.ROOT, "no difference (%+.1f to %+.1f %%)", from, to);
            case Lower(int lower, double from, double to) ->
                String.format(Locale.ROOT, "%s is lower by %.1f-%.1f %%", lower == 0 ? first : second, from, to);
            case TooFew() -> "too few samples to say";
        };
    }
}

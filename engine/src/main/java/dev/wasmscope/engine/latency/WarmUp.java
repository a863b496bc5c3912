package dev.wasmscope.engine.latency;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a run measured before it counted.
///
/// @param seconds up to now, or that it took
/// @param over whether what was measured since counts
/// @param compiled targets that Java was still compiling when the planned time was over, which made it longer
/// @param unfinished those of them that it was compiling to the end
public record WarmUp(double seconds, boolean over, List<String> compiled, List<String> unfinished) {
    public WarmUp {
        compiled = List.copyOf(compiled);
        unfinished = List.copyOf(unfinished);
    }

    /// While it lasts: `Warming up: Redis in Wasm is being compiled`. Afterwards how long it took and why.
    public String sentence() {
        if (!over) {
            return compiled.isEmpty() ? "Warming up" : "Warming up: " + being(compiled) + " being compiled";
        }
        var done =
                compiled.stream().filter(target -> !unfinished.contains(target)).toList();
        return String.format(Locale.ROOT, "warm-up: %.1f s", seconds)
                + (done.isEmpty() ? "" : ", until " + names(done) + " had been compiled")
                + (unfinished.isEmpty() ? "" : "; not compiled even then: " + names(unfinished));
    }

    private static String being(List<String> targets) {
        return names(targets) + (targets.size() == 1 ? " is" : " are");
    }

    private static String names(List<String> targets) {
        return targets.stream().map(MeasuredTargets::title).collect(Collectors.joining(" and "));
    }
}

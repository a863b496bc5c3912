package dev.wasmscope.engine.wasm;

import java.time.Duration;
import java.util.regex.Pattern;

/// Durations as people write them.
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|m)?");

    private Durations() {}

    /// The shortest text that [#parse] reads as this many milliseconds.
    public static String text(Duration time) {
        var millis = time.toMillis();
        return millis % 60_000 == 0
                ? millis / 60_000 + "m"
                : millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }

    /// @param text `500ms`, `5s`, `2m`; a bare number is milliseconds
    /// @throws IllegalArgumentException with a sentence
    public static Duration parse(String text) {
        var match = FORM.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no time: write it like 500ms, 5s or 2m.".formatted(text.strip()));
        }
        var number = Long.parseLong(match.group(1));
        if (number == 0) {
            throw new IllegalArgumentException("The deadline must be longer than zero.");
        }
        return switch (String.valueOf(match.group(2))) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofMillis(number);
        };
    }
}

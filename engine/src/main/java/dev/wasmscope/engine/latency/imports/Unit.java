package dev.wasmscope.engine.latency.imports;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What the values of a `.hgrm` file count, which the file does not say.
public enum Unit {
    NS(0.001),
    US(1),
    MS(1000),
    S(1_000_000);

    private final double micros;

    Unit(double micros) {
        this.micros = micros;
    }

    double micros(double value) {
        return value * micros;
    }

    public static List<String> ids() {
        return Arrays.stream(values())
                .map(u -> u.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /// @throws IllegalArgumentException with a sentence
    public static Unit of(String id) {
        if (!ids().contains(id)) {
            throw new IllegalArgumentException("A unit is " + String.join(", ", ids()) + ", not " + id);
        }
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}

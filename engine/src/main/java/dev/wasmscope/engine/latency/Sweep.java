package dev.wasmscope.engine.latency;

import java.util.List;
import java.util.Locale;

/// One run after another, each with another value of one thing.
///
/// @param of what is changed
/// @param values in the order in which they are measured, 1 to 100, each only once
public record Sweep(Of of, List<Double> values) {
    public static final int MOST = 100;

    /// What can be changed from run to run.
    public enum Of {
        /// Requests a second; 0: closed loop.
        RATE("requests/s"),
        /// Bytes of the value.
        PAYLOAD("bytes"),
        /// Connections of each series.
        CLIENTS("connections"),
        /// Threads that spin beside it.
        LOAD("busy threads");

        private final String unit;

        Of(String unit) {
            this.unit = unit;
        }

        /// As the command line takes it.
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// For an axis: `connections`.
        public String unit() {
            return unit;
        }

        /// The plan with this value.
        ///
        /// @throws IllegalArgumentException with a sentence when it cannot have it
        public LatencyPlan in(LatencyPlan plan, double value) {
            var settings = plan.settings();
            return switch (this) {
                case RATE -> {
                    var mode = LoadMode.of(value);
                    yield plan.withSettings(settings.withMode(mode)).withBlock(LatencyPlan.blockFor(mode));
                }
                case PAYLOAD -> plan.withSettings(settings.withPayload(whole(value)));
                case CLIENTS -> plan.withClient(plan.client().withConnections(whole(value)));
                case LOAD -> plan.withClient(plan.client().withLoad(whole(value)));
            };
        }

        private int whole(double value) {
            if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(id() + " is a whole number, not " + value);
            }
            return (int) value;
        }
    }

    public Sweep {
        values = List.copyOf(values);
        if (values.isEmpty()
                || values.size() > MOST
                || values.stream().distinct().count() < values.size()) {
            throw new IllegalArgumentException("A sweep has 1 to " + MOST + " values, each once, not " + values);
        }
    }

    /// Reads `NAME=A,B,C`, as the command line takes it.
    ///
    /// @throws IllegalArgumentException with a sentence
    public static Sweep parse(String text) {
        int equals = text.indexOf('=');
        var name = equals < 0 ? text : text.substring(0, equals);
        for (var of : Of.values()) {
            if (of.id().equals(name) && equals > 0) {
                return new Sweep(of, numbers(text.substring(equals + 1)));
            }
        }
        throw new IllegalArgumentException(
                "A sweep is rate=, payload=, clients= or load= and values with commas, not " + text);
    }

    private static List<Double> numbers(String text) {
        try {
            return List.of(text.split(",", -1)).stream().map(Double::valueOf).toList();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("A sweep's values are numbers with commas between them, not " + text, e);
        }
    }
}

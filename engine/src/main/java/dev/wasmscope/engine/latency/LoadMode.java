package dev.wasmscope.engine.latency;

import java.util.Locale;

/// When the next request is sent, and therefore what a latency means.
public sealed interface LoadMode {
    /// The next request goes out when the reply of the one before has come; latency counts from the send.
    record ClosedLoop() implements LoadMode {}

    /// Requests are planned at a steady rate and latency counts from the *planned* send, so that a server that stalls
    /// is charged for every request it kept from being sent (Gil Tene's coordinated omission).
    ///
    /// @param perSecond requests a second in each series while its block runs; above 0, at most 10 million
    record FixedRate(double perSecond) implements LoadMode {
        public FixedRate {
            if (!(perSecond > 0 && perSecond <= 10_000_000)) {
                throw new IllegalArgumentException(
                        "A rate is above 0 and at most 10000000 requests a second, not " + perSecond);
            }
        }
    }

    /// @param perSecond 0 for the closed loop
    static LoadMode of(double perSecond) {
        return perSecond == 0 ? new ClosedLoop() : new FixedRate(perSecond);
    }

    /// Requests a second, 0 for the closed loop.
    default double rate() {
        return switch (this) {
            case ClosedLoop() -> 0;
            case FixedRate(double perSecond) -> perSecond;
        };
    }

    /// As charts and tables print it.
    default String caption() {
        return switch (this) {
            case ClosedLoop() -> "closed loop";
            case FixedRate(double perSecond) ->
                String.format(Locale.ROOT, "fixed rate %,.0f/s, from the planned send", perSecond);
        };
    }
}

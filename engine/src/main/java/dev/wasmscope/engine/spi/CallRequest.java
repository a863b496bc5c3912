package dev.wasmscope.engine.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One call of an exported function.
///
/// @param deadline overrides the session's own
public record CallRequest(String export, List<Value> arguments, Optional<Duration> deadline) {
    public CallRequest {
        arguments = List.copyOf(arguments);
    }

    public static CallRequest of(String export, Value... arguments) {
        return new CallRequest(export, List.of(arguments), Optional.empty());
    }
}

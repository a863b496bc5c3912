package dev.wasmscope.views.workspace;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.SessionException;
import java.util.Objects;
import java.util.Optional;

/// What a user reads where something failed.
final class Sentences {
    private Sentences() {}

    /// The engine's messages are sentences; what has none is at least named.
    static String of(Throwable cause) {
        var message = Objects.requireNonNullElse(cause.getMessage(), "").strip();
        return message.isEmpty() ? "It failed with " + cause.getClass().getSimpleName() + "." : message;
    }

    /// How the guest failed, where it was at fault.
    static Optional<CallOutcome> outcome(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof SessionException failed && failed.outcome().isPresent()) {
                return failed.outcome();
            }
        }
        return Optional.empty();
    }
}

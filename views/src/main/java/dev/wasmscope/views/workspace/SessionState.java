package dev.wasmscope.views.workspace;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.Session;
import java.util.Optional;

/// Whether a module can be called.
public sealed interface SessionState {
    record None() implements SessionState {}

    record Opening() implements SessionState {}

    record Open(Session session) implements SessionState {}

    /// @param reason a sentence
    /// @param outcome how the guest failed, where it was at fault
    record Failed(String reason, Optional<CallOutcome> outcome) implements SessionState {}
}

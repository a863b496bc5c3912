package dev.wasmscope.views.invoke;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.views.workspace.ModuleDocument;

/// What the card shows.
sealed interface CallState {
    record None() implements CallState {}

    record Running(String call) implements CallState {}

    /// @param call as it was written: `fib(30)`
    /// @param grown pages of memory the call added
    /// @param changed bytes of memory 0 the call changed
    record Ended(ModuleDocument module, String call, CallOutcome outcome, int grown, long changed)
            implements CallState {}

    /// The session itself failed.
    ///
    /// @param reason a sentence
    record Failed(String call, String reason) implements CallState {}
}

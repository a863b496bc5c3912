package dev.wasmscope.engine.spi;

import org.jspecify.annotations.Nullable;

/// A guest function that did not return.
public final class GuestFailedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient CallOutcome outcome;

    public GuestFailedException(CallOutcome outcome, @Nullable Throwable cause) {
        super(sentence(outcome), cause);
        this.outcome = outcome;
    }

    private static String sentence(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Trapped trapped -> "The guest trapped: " + trapped.reason() + ".";
            case CallOutcome.TimedOut late ->
                "The guest was stopped after " + late.deadline().toMillis() + " ms.";
            case CallOutcome.Exited exited -> "The guest exited with code " + exited.code() + ".";
            case CallOutcome.Rejected rejected -> rejected.reason();
            case CallOutcome.Returned _ -> throw new IllegalArgumentException("A call that returned did not fail.");
        };
    }

    /// Trapped, timed out or exited.
    public CallOutcome outcome() {
        return outcome;
    }
}

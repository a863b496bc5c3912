package dev.wasmscope.engine.spi;

/// A module that could not be brought to life.
public class InstantiationFailedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient CallOutcome outcome;

    public InstantiationFailedException(CallOutcome outcome, String message) {
        super(message);
        this.outcome = outcome;
    }

    /// Rejected, trapped, timed out or exited; never returned.
    public CallOutcome outcome() {
        return outcome;
    }
}

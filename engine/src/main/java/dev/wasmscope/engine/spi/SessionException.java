package dev.wasmscope.engine.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A session that cannot answer. The message is a sentence for the user.
public class SessionException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient @Nullable CallOutcome outcome;

    public SessionException(String message) {
        super(message);
        this.outcome = null;
    }

    public SessionException(String message, Throwable cause) {
        super(message, cause);
        this.outcome = null;
    }

    public SessionException(String message, Throwable cause, CallOutcome outcome) {
        super(message, cause);
        this.outcome = outcome;
    }

    /// How the guest ended, where it was at fault for a session that could not be opened.
    public Optional<CallOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }
}

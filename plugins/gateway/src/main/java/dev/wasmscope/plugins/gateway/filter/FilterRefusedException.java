package dev.wasmscope.plugins.gateway.filter;

/// A module that cannot be a filter. The message is a sentence for the user.
public final class FilterRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    FilterRefusedException(String message) {
        super(message);
    }

    FilterRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.wasmscope.engine.spi;

/// A session that cannot answer. The message is a sentence for the user.
public class SessionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SessionException(String message) {
        super(message);
    }

    public SessionException(String message, Throwable cause) {
        super(message, cause);
    }
}

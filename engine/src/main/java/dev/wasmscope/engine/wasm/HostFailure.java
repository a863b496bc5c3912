package dev.wasmscope.engine.wasm;

/// A function of the host that failed or that is a stub. The message is a sentence.
final class HostFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HostFailure(String message) {
        super(message);
    }

    HostFailure(String message, Throwable cause) {
        super(message, cause);
    }
}

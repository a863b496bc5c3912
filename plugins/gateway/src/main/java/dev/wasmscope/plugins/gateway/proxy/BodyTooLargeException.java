package dev.wasmscope.plugins.gateway.proxy;

import java.io.IOException;

/// A body that is longer than this gateway takes.
final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long limit) {
        super("The body is longer than the %d bytes that this gateway takes.".formatted(limit));
    }
}

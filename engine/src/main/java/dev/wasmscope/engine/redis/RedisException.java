package dev.wasmscope.engine.redis;

import java.io.IOException;

/// A server that cannot be used: its message is a sentence with what to do next.
public final class RedisException extends IOException {
    private static final long serialVersionUID = 1;

    RedisException(String message) {
        super(message);
    }

    RedisException(String message, Throwable cause) {
        super(message, cause);
    }
}

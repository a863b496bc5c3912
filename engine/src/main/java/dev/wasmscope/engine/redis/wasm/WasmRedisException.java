package dev.wasmscope.engine.redis.wasm;

/// Redis in Wasm that cannot be used, or its journal. The message is a sentence with what to do next.
public final class WasmRedisException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WasmRedisException(String message) {
        super(message);
    }

    public WasmRedisException(String message, Throwable cause) {
        super(message, cause);
    }
}

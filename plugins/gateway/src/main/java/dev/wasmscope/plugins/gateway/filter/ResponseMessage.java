package dev.wasmscope.plugins.gateway.filter;

import org.jspecify.annotations.Nullable;

/// A response as a filter sees and changes it. One thread at a time.
public final class ResponseMessage {
    private final Headers headers = new Headers();
    private int status = 200;
    private byte @Nullable [] body;

    public Headers headers() {
        return headers;
    }

    public int status() {
        return status;
    }

    /// @throws IllegalArgumentException for a code that ends no exchange
    public void status(int code) {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("%d is no status of an answer: they are 200 to 599.".formatted(code));
        }
        status = code;
    }

    /// Null while it streams past the filter.
    public byte @Nullable [] body() {
        return body;
    }

    public void body(byte[] bytes) {
        body = bytes;
    }
}

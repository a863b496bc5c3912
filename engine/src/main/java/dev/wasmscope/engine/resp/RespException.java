package dev.wasmscope.engine.resp;

import java.io.IOException;

/// Bytes that are not RESP, or more of it than was agreed to take. The stream cannot be read any further.
public final class RespException extends IOException {
    private static final long serialVersionUID = 1;
    private final long offset;

    RespException(String what, long offset) {
        super("%s (byte %,d of the stream).".formatted(what, offset));
        this.offset = offset;
    }

    /// Bytes of the stream before the one that is wrong.
    public long offset() {
        return offset;
    }
}

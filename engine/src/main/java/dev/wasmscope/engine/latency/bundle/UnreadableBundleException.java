package dev.wasmscope.engine.latency.bundle;

import java.io.IOException;

/// A file is not a bundle, or a damaged one; the message says where.
public final class UnreadableBundleException extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableBundleException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    UnreadableBundleException(String sentence) {
        super(sentence);
    }
}

package dev.wasmscope.engine.latency.imports;

import java.io.IOException;

/// A file is not what another tool writes; the message names file, line and value.
public final class UnreadableImportException extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableImportException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

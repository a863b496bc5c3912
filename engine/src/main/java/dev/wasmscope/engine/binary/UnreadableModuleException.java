package dev.wasmscope.engine.binary;

import org.jspecify.annotations.Nullable;

/// A file that could not be read at all. The message is a sentence for the user.
public final class UnreadableModuleException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableModuleException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}

package dev.wasmscope.engine.samples;

/// No such sample, or one that was not built. The message is a sentence for the user.
public final class UnknownSampleException extends Exception {
    private static final long serialVersionUID = 1;

    UnknownSampleException(String sentence) {
        super(sentence);
    }
}

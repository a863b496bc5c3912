package dev.wasmscope.plugins.kafka;

/// No processor could be made; the message says why and what to do.
final class ProcessorFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    ProcessorFailedException(String sentence) {
        super(sentence);
    }

    ProcessorFailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

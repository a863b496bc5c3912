package dev.wasmscope.engine.latency;

/// A run cannot go on; the message is the sentence for the user.
final class ProbeFailedException extends Exception {
    ProbeFailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

package dev.wasmscope.engine.transport.shm;

import java.io.IOException;

/// The other side has written nonsense into its ring. Nothing of it can be trusted any more.
final class RingBrokenException extends IOException {
    private static final long serialVersionUID = 1;

    RingBrokenException(String word, long value, long position, int capacity) {
        super("The other side's %s of %d is impossible: this side is at %d, and the ring holds %d bytes."
                .formatted(word, value, position, capacity));
    }
}

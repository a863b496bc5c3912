package dev.wasmscope.engine.transport.shm;

import java.time.Duration;

/// What holds for both sides.
final class SharedMemory {
    static final String ID = "shm";

    /// After which a side that sleeps looks whether the other one still lives.
    static final Duration LOOK_AROUND = Duration.ofMillis(100);

    /// An empty inline request: every RESP server reads over it.
    static final byte BELL = '\n';

    private SharedMemory() {}
}

package dev.wasmscope.engine.spi;

import java.io.IOException;
import java.time.Duration;

/// A way to reach a server with a byte stream.
public interface Transport {
    /// Stable and short, as the command line takes it: `tcp`, `unix`, `shm`, `in-process`.
    String id();

    /// What it connects to, for prompts: `127.0.0.1:6379`, `/run/redis.sock`.
    String address();

    /// @throws IOException with a sentence that says what was tried and what to do next
    Connection connect(Duration timeout) throws IOException;
}

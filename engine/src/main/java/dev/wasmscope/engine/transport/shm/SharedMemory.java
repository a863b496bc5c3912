package dev.wasmscope.engine.transport.shm;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// What holds for both sides.
final class SharedMemory {
    static final String ID = "shm";

    /// After which a client that sleeps looks around, though it is woken for everything that it knows of.
    static final Duration LOOK_AROUND = Duration.ofMillis(500);

    /// An empty inline request: every RESP server reads over it.
    static final byte BELL = '\n';

    private SharedMemory() {}

    /// The moment until which a client waits; zero waits for ever.
    static long until(Duration timeout) {
        return timeout.isZero() ? System.nanoTime() + (Long.MAX_VALUE >> 1) : System.nanoTime() + timeout.toNanos();
    }

    static SocketTimeoutException late(String address, Duration timeout) {
        return new SocketTimeoutException(
                "%s sent nothing for %d ms; the connection was closed.".formatted(address, timeout.toMillis()));
    }

    static IOException closedMeanwhile(String address) {
        return new IOException("The connection to %s was closed while it waited.".formatted(address));
    }

    static IOException ended(String address) {
        return new IOException("%s ended the connection.".formatted(address));
    }
}

package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/// Two rings in memory that the server offers over an ordinary connection. That connection stays open: its end is how
/// either side learns that the other has died, and over it a sleeping server is woken.
///
/// @param control the ordinary way to the server
/// @param strategy what the client does while no reply is there
public record SharedMemoryTransport(Transport control, WaitStrategy strategy) implements Transport {
    public static final String ID = SharedMemory.ID;

    public SharedMemoryTransport(Transport control) {
        this(control, WaitStrategy.ADAPTIVE);
    }

    /// Whether this system has such memory.
    public static boolean available() {
        return LinuxCalls.HERE != null;
    }

    @Override
    public String id() {
        return ID;
    }

    /// The control connection's.
    @Override
    public String address() {
        return control.address();
    }

    @Override
    public Connection connect(Duration timeout) throws IOException {
        var linux = LinuxCalls.HERE;
        if (linux == null) {
            throw new IOException("Shared memory needs Linux on x86-64 or arm64, and this is %s on %s; use %s instead."
                    .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), control.id()));
        }
        var ordinary = control.connect(timeout);
        try {
            var file = RingFile.open(ask(ordinary, timeout));
            return new SharedMemoryConnection(ordinary, file, strategy, linux, address());
        } catch (IOException | RuntimeException e) {
            ordinary.close();
            throw e;
        }
    }

    private static RingOffer ask(Connection ordinary, Duration timeout) throws IOException {
        ordinary.write(ByteBuffer.wrap(RingOffer.request()));
        var answer = ByteBuffer.allocate(RingOffer.LONGEST);
        while (answer.hasRemaining()) {
            if (ordinary.read(answer, timeout) < 0) {
                throw new IOException("The server ended the connection when it was asked for shared memory.");
            }
            var offer = RingOffer.read(answer.duplicate().flip());
            if (offer != null) {
                return offer;
            }
        }
        throw new IOException("The server's answer to %s is too long.".formatted(RingOffer.COMMAND));
    }
}

package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.HandshakeStep;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Two rings in memory that the server offers over an ordinary connection. That connection stays open: its end is how
/// either side learns that the other has died, over it a sleeping server is woken, and the commands go there that the
/// server does not take over shared memory.
///
/// @param control the ordinary way to the server
/// @param strategy what the client does while no reply is there
/// @param orControl whether to stay on the ordinary connection where shared memory cannot be had
public record SharedMemoryTransport(Transport control, WaitStrategy strategy, boolean orControl) implements Transport {
    public static final String ID = SharedMemory.ID;

    /// What to say where [#available()] is false.
    public static final String UNAVAILABLE = "Shared memory needs Linux on x86-64 or arm64.";

    /// One that fails where shared memory cannot be had.
    public SharedMemoryTransport(Transport control, WaitStrategy strategy) {
        this(control, strategy, false);
    }

    /// One that stays on the ordinary connection where shared memory cannot be had; [Connection#rings] says why.
    public SharedMemoryTransport(Transport control) {
        this(control, WaitStrategy.ADAPTIVE, true);
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
            var reason = "Shared memory needs Linux on x86-64 or arm64, and this is %s on %s; use %s instead."
                    .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), control.id());
            if (!orControl) {
                throw new IOException(reason);
            }
            return new SocketInstead(control.connect(timeout), List.of(new HandshakeStep.Refused(reason)));
        }
        var ordinary = control.connect(timeout);
        ByteBuffer answer;
        try {
            answer = ask(ordinary, timeout);
        } catch (IOException e) {
            ordinary.close();
            if (!orControl) {
                throw e;
            }
            return anew(timeout, String.valueOf(e.getMessage()));
        }
        try {
            return open(ordinary, new RingOpening(strategy, linux), answer);
        } catch (IOException | RuntimeException e) {
            ordinary.close();
            throw e;
        }
    }

    /// Whatever may still come over the connection that was asked would be taken for a later answer.
    private Connection anew(Duration timeout, String reason) throws IOException {
        return new SocketInstead(
                control.connect(timeout),
                List.of(
                        new HandshakeStep.Connected(control.id(), control.address()),
                        new HandshakeStep.Refused(reason)));
    }

    private Connection open(Connection ordinary, RingOpening opening, ByteBuffer answer) throws IOException {
        var steps = new ArrayList<HandshakeStep>();
        steps.add(new HandshakeStep.Connected(control.id(), control.address()));
        return switch (opening.open(ordinary, answer)) {
            case RingOpening.Opened opened
            when opened.routes().taken().isEmpty() -> {
                steps.addAll(opened.steps());
                yield new SharedMemoryConnection(ordinary, opened.ring(), address(), steps);
            }
            case RingOpening.Opened opened -> {
                var routed = new RoutedConnection(ordinary, opening, address(), steps);
                routed.attach(opened);
                yield routed;
            }
            case RingOpening.LoginFirst(var reason)
            when orControl -> {
                steps.add(new HandshakeStep.Awaited(reason));
                yield new RoutedConnection(ordinary, opening, address(), steps);
            }
            case RingOpening.Refused(var reason)
            when orControl -> {
                steps.add(new HandshakeStep.Refused(reason));
                yield new SocketInstead(ordinary, steps);
            }
            case RingOpening.LoginFirst(var reason) -> throw new IOException(reason);
            case RingOpening.Refused(var reason) -> throw new IOException(reason);
        };
    }

    /// @return the whole answer
    private static ByteBuffer ask(Connection ordinary, Duration timeout) throws IOException {
        ordinary.write(ByteBuffer.wrap(RingOffer.request()));
        var answer = ByteBuffer.allocate(RingOffer.LONGEST);
        while (answer.hasRemaining()) {
            if (ordinary.read(answer, timeout) < 0) {
                throw new IOException("The server ended the connection when it was asked for shared memory.");
            }
            if (RingOffer.whole(answer.duplicate().flip())) {
                return answer.flip();
            }
        }
        throw new IOException("The server's answer to %s is too long.".formatted(RingOffer.COMMAND));
    }
}

package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.spi.Connection;
import dev.wasmscope.engine.spi.HandshakeStep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// What a client makes of the answer to `SHM.OPEN`.
record RingOpening(WaitStrategy strategy, LinuxCalls linux) {
    sealed interface Outcome {}

    record Opened(ClientRing ring, CommandRoutes routes, List<HandshakeStep> steps) implements Outcome {}

    /// The server wants to know first who asks.
    record LoginFirst(String reason) implements Outcome {}

    /// @param reason a sentence
    record Refused(String reason) implements Outcome {}

    /// Maps what is offered, and attaches.
    ///
    /// @param answer whole
    Outcome open(Connection control, ByteBuffer answer) {
        try {
            if (RingOffer.wantsLogin(answer)) {
                return new LoginFirst("The server wants a login before it shares memory.");
            }
            var offer = RingOffer.read(answer.duplicate());
            if (offer == null) {
                return new Refused("The server's answer to %s ends too early.".formatted(RingOffer.COMMAND));
            }
            var file = RingFile.open(offer, linux);
            var routes = offer.commands().map(CommandRoutes::of).orElse(CommandRoutes.ALL);
            var ring = new ClientRing(control, file, strategy, linux);
            return new Opened(
                    ring,
                    routes,
                    List.of(
                            new HandshakeStep.Offered(
                                    offer.path().toString(),
                                    offer.size(),
                                    Long.toHexString(offer.nonce()),
                                    routes.taken().map(java.util.Set::size).orElse(0)),
                            new HandshakeStep.Mapped(ring.requestBytes(), ring.replyBytes()),
                            new HandshakeStep.Attached()));
        } catch (IOException e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
    }
}

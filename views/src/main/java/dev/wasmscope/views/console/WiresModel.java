package dev.wasmscope.views.console;

import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.spi.HandshakeStep;
import dev.wasmscope.engine.spi.RingPositions;
import dev.wasmscope.engine.spi.Rings;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;

/// How the console's connection came to shared memory, and how far its rings are. Asked once a pulse; UI thread only.
final class WiresModel {
    private final Supplier<Optional<RedisClient>> client;
    private final BooleanProperty wanted = new SimpleBooleanProperty(true);
    private final ReadOnlyBooleanWrapper possible = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyObjectWrapper<Wires> wires = new ReadOnlyObjectWrapper<>(Wires.NONE);

    /// @param steps empty where the connection has nothing to do with shared memory
    /// @param positions empty while there are no rings
    record Wires(List<HandshakeStep> steps, Optional<RingPositions> positions) {
        static final Wires NONE = new Wires(List.of(), Optional.empty());
    }

    WiresModel(Supplier<Optional<RedisClient>> client) {
        this.client = client;
    }

    /// Whether the user wants to see them.
    BooleanProperty wantedProperty() {
        return wanted;
    }

    /// Whether there is anything to see.
    ReadOnlyBooleanProperty possibleProperty() {
        return possible.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Wires> wiresProperty() {
        return wires.getReadOnlyProperty();
    }

    /// Looks once.
    void poll() {
        var now = client.get()
                .flatMap(RedisClient::rings)
                .map(rings -> new Wires(rings.handshake(), rings.positions()))
                .orElse(Wires.NONE);
        wires.set(now);
        possible.set(!now.steps().isEmpty());
    }

    /// Why a connection that should go over shared memory does not.
    static Optional<String> refusal(RedisClient client) {
        return client.rings()
                .map(Rings::handshake)
                .flatMap(steps -> steps.stream()
                        .filter(HandshakeStep.Refused.class::isInstance)
                        .map(step -> ((HandshakeStep.Refused) step).reason())
                        .findFirst());
    }
}

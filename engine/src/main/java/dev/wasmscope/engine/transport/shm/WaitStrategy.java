package dev.wasmscope.engine.transport.shm;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a side of a ring does while there is nothing to do.
public enum WaitStrategy {
    /// Spins for as long as spinning has lately been worth it, then sleeps until it is woken.
    ADAPTIVE,
    /// Spins for ever: for machines with a processor to spare on each side.
    SPIN,
    /// Looks again every 50 us or so, asleep in between: where nobody can be woken.
    PARK;

    /// As the command line takes it.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The usual one; empty where the system has no shared memory to wait on.
    public static Optional<WaitStrategy> whereAvailable() {
        return SharedMemoryTransport.available() ? Optional.of(ADAPTIVE) : Optional.empty();
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(WaitStrategy::id).toList();
    }

    /// @throws IllegalArgumentException with a sentence
    public static WaitStrategy of(String id) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "A wait strategy is %s, not %s.".formatted(String.join(", ", ids()), id)));
    }
}

package dev.wasmscope.engine.spi;

import java.util.List;
import java.util.Optional;

/// Something that speaks RESP, with the ways to reach it.
public interface RedisTarget {
    /// Stable and short, as the command line takes it: `native`, `echo`, an address.
    String id();

    /// For people: `native Redis 7.0.15`.
    String title();

    /// In order of preference; never empty.
    List<Transport> transports();

    default Optional<Transport> transport(String id) {
        return transports().stream().filter(t -> t.id().equals(id)).findFirst();
    }
}

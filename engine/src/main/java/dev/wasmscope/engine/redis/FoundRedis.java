package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.spi.RedisTarget;
import dev.wasmscope.engine.spi.Transport;
import java.util.List;

/// A Redis server that runs on this machine and is not ours: offered, never attached by itself.
///
/// @param title where it is and, where it told, what it is
/// @param needsPassword it answered, but only that it wants one
public record FoundRedis(String id, String title, List<Transport> transports, boolean needsPassword)
        implements RedisTarget {
    public FoundRedis {
        transports = List.copyOf(transports);
    }
}

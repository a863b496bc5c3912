package dev.wasmscope.views.console;

import dev.wasmscope.engine.redis.wasm.InspectedRedis;
import java.util.List;

/// Makes the memory of a Redis in Wasm visible that the console talks to. UI thread only.
public interface RedisSight {
    /// The console is connected to it, for the first time or again.
    void attached(InspectedRedis redis);

    /// A command was answered.
    ///
    /// @param words the command and its arguments
    void answered(InspectedRedis redis, List<byte[]> words);
}

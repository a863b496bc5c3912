package dev.wasmscope.views.latency;

import dev.wasmscope.engine.latency.MeasuredTargets;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.redis.wasm.RedisModule;
import dev.wasmscope.engine.transport.shm.SharedMemoryTransport;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why some lanes cannot be had on this machine or in this build.
///
/// @param reasons sentences
record LaneObstacles(Map<Lane, String> reasons) {
    static final LaneObstacles NONE = new LaneObstacles(Map.of());

    LaneObstacles {
        reasons = Map.copyOf(reasons);
    }

    /// Looks at the class path: not on the UI thread.
    static LaneObstacles look() {
        var reasons = new HashMap<Lane, String>();
        for (var lane : Lane.all()) {
            reason(lane).ifPresent(text -> reasons.put(lane, text));
        }
        return new LaneObstacles(reasons);
    }

    private static Optional<String> reason(Lane lane) {
        boolean shared = lane.transport().equals(SharedMemoryTransport.ID);
        if (lane.target().equals(MeasuredTargets.WASM) && !RedisModule.present()) {
            return Optional.of("This build has no Redis in Wasm: install clang and build it again.");
        }
        if (shared && !SharedMemoryTransport.available()) {
            return Optional.of(SharedMemoryTransport.UNAVAILABLE);
        }
        return shared && lane.target().equals(MeasuredTargets.NATIVE) ? NativeRedis.knownRefusal() : Optional.empty();
    }

    /// Empty for a lane that can be had.
    Optional<String> of(Lane lane) {
        return Optional.ofNullable(reasons.get(lane));
    }

    /// Each once, in the order of the lanes.
    List<String> sentences() {
        var all = new LinkedHashSet<String>();
        Lane.all().forEach(lane -> of(lane).ifPresent(all::add));
        return List.copyOf(all);
    }
}

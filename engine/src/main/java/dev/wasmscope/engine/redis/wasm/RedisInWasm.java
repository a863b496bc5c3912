package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.RedisTarget;

/// Redis in Wasm as a target, wherever it runs.
public interface RedisInWasm extends RedisTarget {
    @Override
    default String id() {
        return "wasm";
    }

    @Override
    default String title() {
        return "Redis in Wasm";
    }
}

package dev.wasmscope.views.console;

import dev.wasmscope.engine.redis.wasm.WasmServer;

/// Redis in Wasm as a target of the console.
///
/// @param server owned by someone else
public record WasmConsole(WasmServer server, RedisSight sight) {}

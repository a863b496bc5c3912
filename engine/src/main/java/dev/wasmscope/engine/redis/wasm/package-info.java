/// Redis in Wasm: one instance, its event log, and how both survive traps and power cuts. No network.
@NullMarked
package dev.wasmscope.engine.redis.wasm;

import org.jspecify.annotations.NullMarked;

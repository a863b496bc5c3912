@NullMarked
package dev.wasmscope.engine.redis.wasm;

import org.jspecify.annotations.NullMarked;

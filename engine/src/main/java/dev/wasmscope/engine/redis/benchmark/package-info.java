/// redis-benchmark's default tests on Redis in Wasm, in process, against a native server that redis-benchmark drives.
@NullMarked
package dev.wasmscope.engine.redis.benchmark;

import org.jspecify.annotations.NullMarked;

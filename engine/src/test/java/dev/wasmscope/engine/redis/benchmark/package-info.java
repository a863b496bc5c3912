@NullMarked
package dev.wasmscope.engine.redis.benchmark;

import org.jspecify.annotations.NullMarked;

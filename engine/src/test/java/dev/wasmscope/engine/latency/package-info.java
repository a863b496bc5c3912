@NullMarked
package dev.wasmscope.engine.latency;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.wasmscope.engine.latency.bundle;

import org.jspecify.annotations.NullMarked;

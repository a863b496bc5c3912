@NullMarked
package dev.wasmscope.engine.latency.statistics;

import org.jspecify.annotations.NullMarked;

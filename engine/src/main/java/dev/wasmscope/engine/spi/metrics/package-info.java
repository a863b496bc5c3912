/// Counts of hosts for those who collect them.
@NullMarked
package dev.wasmscope.engine.spi.metrics;

import org.jspecify.annotations.NullMarked;

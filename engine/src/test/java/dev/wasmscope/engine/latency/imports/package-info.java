@NullMarked
package dev.wasmscope.engine.latency.imports;

import org.jspecify.annotations.NullMarked;

/// What other tools measured, read from the files that they write.
@NullMarked
package dev.wasmscope.engine.latency.imports;

import org.jspecify.annotations.NullMarked;

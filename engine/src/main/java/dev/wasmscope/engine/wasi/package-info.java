/// What a WASI preview 1 guest is given, on Chicory's implementation.
@NullMarked
package dev.wasmscope.engine.wasi;

import org.jspecify.annotations.NullMarked;

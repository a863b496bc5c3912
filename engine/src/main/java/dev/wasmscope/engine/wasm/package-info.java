/// Sessions, linear memory and the runtimes on Chicory.
@NullMarked
package dev.wasmscope.engine.wasm;

import org.jspecify.annotations.NullMarked;

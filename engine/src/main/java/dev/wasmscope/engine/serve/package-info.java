/// Servers for other processes: the verb `serve`, and Redis in Wasm in a process of its own.
@NullMarked
package dev.wasmscope.engine.serve;

import org.jspecify.annotations.NullMarked;

/// Sessions whose instances live in a child process: the session on this side, the protocol, the loop on the other.
@NullMarked
package dev.wasmscope.engine.wasm.child;

import org.jspecify.annotations.NullMarked;

/// Facts of a module read from its bytes, and the disassembly of its functions; an own reader that skips what nobody
/// asked for.
@NullMarked
package dev.wasmscope.engine.binary;

import org.jspecify.annotations.NullMarked;

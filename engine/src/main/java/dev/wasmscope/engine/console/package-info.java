/// The Redis console of the command line.
@NullMarked
package dev.wasmscope.engine.console;

import org.jspecify.annotations.NullMarked;

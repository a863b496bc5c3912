/// The machine below: directories, atomic files, child processes, the environment of a run.
@NullMarked
package dev.wasmscope.engine.platform;

import org.jspecify.annotations.NullMarked;

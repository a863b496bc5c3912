/// The modules that come along, to look at and to try things on.
@NullMarked
package dev.wasmscope.engine.samples;

import org.jspecify.annotations.NullMarked;

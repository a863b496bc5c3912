/// Names that people type: what they probably meant.
@NullMarked
package dev.wasmscope.engine.names;

import org.jspecify.annotations.NullMarked;

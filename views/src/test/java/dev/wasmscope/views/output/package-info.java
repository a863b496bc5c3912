/// Tests of the log.
@NullMarked
package dev.wasmscope.views.output;

import org.jspecify.annotations.NullMarked;

/// The log of calls, and what guests print.
@NullMarked
package dev.wasmscope.views.output;

import org.jspecify.annotations.NullMarked;

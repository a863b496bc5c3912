@NullMarked
package dev.wasmscope.views.trace;

import org.jspecify.annotations.NullMarked;

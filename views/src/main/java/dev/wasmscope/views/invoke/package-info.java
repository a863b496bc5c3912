/// Calling exports: typed fields, the outcome, history.
@NullMarked
package dev.wasmscope.views.invoke;

import org.jspecify.annotations.NullMarked;

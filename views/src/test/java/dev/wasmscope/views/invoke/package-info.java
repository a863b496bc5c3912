/// Tests of the pane that calls functions.
@NullMarked
package dev.wasmscope.views.invoke;

import org.jspecify.annotations.NullMarked;

/// The only way off the UI thread, and the only way back.
@NullMarked
package dev.wasmscope.views.background;

import org.jspecify.annotations.NullMarked;

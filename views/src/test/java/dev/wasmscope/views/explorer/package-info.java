@NullMarked
package dev.wasmscope.views.explorer;

import org.jspecify.annotations.NullMarked;

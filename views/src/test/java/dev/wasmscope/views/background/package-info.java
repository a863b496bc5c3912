@NullMarked
package dev.wasmscope.views.background;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.wasmscope.views.hex;

import org.jspecify.annotations.NullMarked;

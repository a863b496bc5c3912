/// Mistakes that the build must see.
@NullMarked
package dev.wasmscope.planted;

import org.jspecify.annotations.NullMarked;

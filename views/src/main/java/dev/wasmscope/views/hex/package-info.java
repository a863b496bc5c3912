/// Bytes on the screen: a canvas hex view for bytes from anywhere, and the Memory tool that is built on it.
@NullMarked
package dev.wasmscope.views.hex;

import org.jspecify.annotations.NullMarked;

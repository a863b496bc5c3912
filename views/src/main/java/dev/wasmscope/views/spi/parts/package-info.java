/// Small pieces that tools of plugins and of the program set the same way.
@NullMarked
package dev.wasmscope.views.spi.parts;

import org.jspecify.annotations.NullMarked;

/// The contract a tool of the window fulfils. With `engine.spi` the only product package a plugin sees.
@NullMarked
package dev.wasmscope.views.spi;

import org.jspecify.annotations.NullMarked;

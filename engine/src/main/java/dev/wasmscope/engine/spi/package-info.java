/// The contracts of the engine. With `views.spi` the only product package a plugin sees.
@NullMarked
package dev.wasmscope.engine.spi;

import org.jspecify.annotations.NullMarked;

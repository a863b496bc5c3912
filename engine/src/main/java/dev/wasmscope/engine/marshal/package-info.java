/// Strings that cross between host and guest: how they are laid out, who allocates them, each step of a call.
@NullMarked
package dev.wasmscope.engine.marshal;

import org.jspecify.annotations.NullMarked;

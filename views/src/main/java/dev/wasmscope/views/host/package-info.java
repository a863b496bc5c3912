/// The host of a module by hand: what it is made for, its imports defined one by one, calls with strings step by step.
@NullMarked
package dev.wasmscope.views.host;

import org.jspecify.annotations.NullMarked;

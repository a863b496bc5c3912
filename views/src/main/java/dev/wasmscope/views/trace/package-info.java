/// What a guest asks of its host: its WASI calls as a table.
@NullMarked
package dev.wasmscope.views.trace;

import org.jspecify.annotations.NullMarked;

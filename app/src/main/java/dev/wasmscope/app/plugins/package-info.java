/// Finds plugins, checks what they say of themselves, and loads them apart from each other and from the program.
@NullMarked
package dev.wasmscope.app.plugins;

import org.jspecify.annotations.NullMarked;

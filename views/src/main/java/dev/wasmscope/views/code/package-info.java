/// The Code tool: the disassembly of one function.
@NullMarked
package dev.wasmscope.views.code;

import org.jspecify.annotations.NullMarked;

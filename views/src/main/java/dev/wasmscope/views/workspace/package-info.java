/// The modules that are open, their sessions, and which of them is looked at.
@NullMarked
package dev.wasmscope.views.workspace;

import org.jspecify.annotations.NullMarked;

/// The Redis console: a prompt, the replies, and where they come from.
@NullMarked
package dev.wasmscope.views.console;

import org.jspecify.annotations.NullMarked;

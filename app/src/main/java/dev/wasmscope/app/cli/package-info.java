/// The way in: verbs of the command line, or the window.
@NullMarked
package dev.wasmscope.app.cli;

import org.jspecify.annotations.NullMarked;

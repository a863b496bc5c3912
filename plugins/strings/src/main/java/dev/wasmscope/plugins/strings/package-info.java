/// A plugin: lists the printable strings in a module's data, in the window and on the command line.
@NullMarked
package dev.wasmscope.plugins.strings;

import org.jspecify.annotations.NullMarked;

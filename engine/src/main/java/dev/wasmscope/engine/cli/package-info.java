/// What the verbs of the command line have in common: reading arguments, help, errors, JSON.
@NullMarked
package dev.wasmscope.engine.cli;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.wasmscope.app.shell;

import org.jspecify.annotations.NullMarked;

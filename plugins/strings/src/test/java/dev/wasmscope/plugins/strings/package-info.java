@NullMarked
package dev.wasmscope.plugins.strings;

import org.jspecify.annotations.NullMarked;

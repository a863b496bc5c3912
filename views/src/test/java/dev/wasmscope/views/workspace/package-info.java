@NullMarked
package dev.wasmscope.views.workspace;

import org.jspecify.annotations.NullMarked;

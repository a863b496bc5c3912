@NullMarked
package dev.wasmscope.views.lessons;

import org.jspecify.annotations.NullMarked;

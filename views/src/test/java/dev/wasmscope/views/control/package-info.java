@NullMarked
package dev.wasmscope.views.control;

import org.jspecify.annotations.NullMarked;

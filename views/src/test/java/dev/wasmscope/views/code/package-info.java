/// Tests of the Code tool.
@NullMarked
package dev.wasmscope.views.code;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.wasmscope.views.latency;

import org.jspecify.annotations.NullMarked;

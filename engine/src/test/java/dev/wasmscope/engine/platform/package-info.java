@NullMarked
package dev.wasmscope.engine.platform;

import org.jspecify.annotations.NullMarked;

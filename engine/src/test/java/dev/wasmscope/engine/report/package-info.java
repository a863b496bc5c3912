@NullMarked
package dev.wasmscope.engine.report;

import org.jspecify.annotations.NullMarked;

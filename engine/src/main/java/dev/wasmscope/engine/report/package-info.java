/// Results as tables, JSON and drawings.
@NullMarked
package dev.wasmscope.engine.report;

import org.jspecify.annotations.NullMarked;

/// The probe and what it measures.
@NullMarked
package dev.wasmscope.engine.latency;

import org.jspecify.annotations.NullMarked;

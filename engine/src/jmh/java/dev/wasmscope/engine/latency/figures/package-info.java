/// Measures every figure of latency that `docs/benchmarks.md` claims, in one go.
@NullMarked
package dev.wasmscope.engine.latency.figures;

import org.jspecify.annotations.NullMarked;

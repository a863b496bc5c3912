/// The gateway in a process of its own under load. The figures are in docs/benchmarks.md.
@NullMarked
package dev.wasmscope.plugins.gateway.load;

import org.jspecify.annotations.NullMarked;

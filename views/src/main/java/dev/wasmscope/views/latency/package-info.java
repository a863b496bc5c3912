/// Latency lanes, live: servers over several transports in one chart, with the numbers beside it.
@NullMarked
package dev.wasmscope.views.latency;

import org.jspecify.annotations.NullMarked;

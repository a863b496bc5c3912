/// What can be said of a recorded run, and how surely.
@NullMarked
package dev.wasmscope.engine.latency.statistics;

import org.jspecify.annotations.NullMarked;

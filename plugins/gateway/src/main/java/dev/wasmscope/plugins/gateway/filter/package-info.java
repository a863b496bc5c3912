/// A Wasm module as a filter of HTTP messages: the Easegress profile, a pool of instances, versions that are swapped.
/// Knows no HTTP library.
@NullMarked
package dev.wasmscope.plugins.gateway.filter;

import org.jspecify.annotations.NullMarked;

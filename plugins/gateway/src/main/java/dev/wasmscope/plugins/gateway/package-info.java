/// A plugin: an HTTP gateway whose filter is a Wasm module, on the command line and in the window.
@NullMarked
package dev.wasmscope.plugins.gateway;

import org.jspecify.annotations.NullMarked;

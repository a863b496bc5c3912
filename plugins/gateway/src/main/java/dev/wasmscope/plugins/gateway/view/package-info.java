/// The tool "Gateway" of the window.
@NullMarked
package dev.wasmscope.plugins.gateway.view;

import org.jspecify.annotations.NullMarked;

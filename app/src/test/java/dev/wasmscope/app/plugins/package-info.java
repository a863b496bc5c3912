@NullMarked
package dev.wasmscope.app.plugins;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.wasmscope.app.settings;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.wasmscope.plugins.gateway;

import org.jspecify.annotations.NullMarked;

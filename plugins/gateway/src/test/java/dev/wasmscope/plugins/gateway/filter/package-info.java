@NullMarked
package dev.wasmscope.plugins.gateway.filter;

import org.jspecify.annotations.NullMarked;

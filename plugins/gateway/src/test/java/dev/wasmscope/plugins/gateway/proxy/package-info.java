@NullMarked
package dev.wasmscope.plugins.gateway.proxy;

import org.jspecify.annotations.NullMarked;

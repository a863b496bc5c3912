@NullMarked
package dev.wasmscope.plugins.redisshm;

import org.jspecify.annotations.NullMarked;

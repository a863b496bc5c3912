@NullMarked
package dev.wasmscope.plugins.kafka;

import org.jspecify.annotations.NullMarked;

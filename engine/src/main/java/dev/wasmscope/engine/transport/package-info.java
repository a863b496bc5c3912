/// Byte streams over TCP, TLS and Unix sockets.
@NullMarked
package dev.wasmscope.engine.transport;

import org.jspecify.annotations.NullMarked;

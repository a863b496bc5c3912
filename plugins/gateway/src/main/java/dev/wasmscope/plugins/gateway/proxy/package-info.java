/// The gateway itself: an HTTP server, a client for the upstream server, and what is measured between them.
@NullMarked
package dev.wasmscope.plugins.gateway.proxy;

import org.jspecify.annotations.NullMarked;

/// Targets that speak RESP, the servers this program starts, the client and what a console needs.
@NullMarked
package dev.wasmscope.engine.redis;

import org.jspecify.annotations.NullMarked;

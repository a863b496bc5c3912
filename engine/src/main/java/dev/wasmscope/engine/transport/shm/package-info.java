/// Shared memory as a transport: two rings in a sealed file beside an ordinary connection. `docs/shm-protocol.md` is
/// what both sides agree on.
@NullMarked
package dev.wasmscope.engine.transport.shm;

import org.jspecify.annotations.NullMarked;

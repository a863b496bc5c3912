package dev.wasmscope.engine.wasm.child;

import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.SessionRequest;
import java.util.Map;

/// A message to the child.
///
/// @param ask answered under this number; 0 where no answer is wanted
/// @param session a number the parent gives; what a session is linked to is named by its number
record ToChild(long ask, int session, Order order) {
    sealed interface Order {}

    /// @param request without its links
    record Open(SessionRequest request, Map<String, Integer> links) implements Order {}

    record Call(CallRequest request) implements Order {}

    record Stop() implements Order {}

    record Read(int memory, long address, int length) implements Order {}

    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Write(int memory, long address, byte[] bytes) implements Order {}

    record LastChanges(int memory, int most) implements Order {}

    record Undo() implements Order {}

    record Globals() implements Order {}

    record TraceWasi(boolean on) implements Order {}

    record Close() implements Order {}
}

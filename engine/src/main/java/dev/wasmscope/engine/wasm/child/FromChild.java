package dev.wasmscope.engine.wasm.child;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.ChangedRange;
import dev.wasmscope.engine.spi.Changes;
import dev.wasmscope.engine.spi.GlobalValue;
import dev.wasmscope.engine.spi.MemoryCopy;
import dev.wasmscope.engine.spi.OutputCopy;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.SessionInfo;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.engine.spi.WasiTrace;
import java.util.List;
import java.util.Optional;

/// A message of the child.
///
/// @param ask what is answered; 0 for what nobody asked for: [Hello], [Status], [Output] and [WasiCalls]
record FromChild(long ask, int session, News news) {
    /// Of the protocol; the first that a child says.
    static final int VERSION = 2;

    sealed interface News {}

    record Hello(int version) implements News {}

    record Status(SessionStatus status) implements News {}

    record Output(OutputStreamName stream, OutputCopy copy) implements News {}

    record WasiCalls(WasiTrace trace) implements News {}

    record Opened(SessionInfo info) implements News {}

    record Called(CallOutcome outcome) implements News {}

    record Copied(MemoryCopy copy) implements News {}

    record Written(List<ChangedRange> ranges) implements News {}

    record Changed(Changes changes) implements News {}

    record Undone(UndoOutcome outcome) implements News {}

    record Globals(List<GlobalValue> values) implements News {}

    /// @param message a sentence
    record Failed(Kind kind, String message, Optional<CallOutcome> outcome) implements News {
        enum Kind {
            SESSION,
            RANGE,
            OTHER
        }
    }
}

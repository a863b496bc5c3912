package dev.wasmscope.engine.spi;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/// How a call ended. Closed, so that every view has to show every case.
public sealed interface CallOutcome {
    /// From entry into the guest to its return, without waiting in the session's queue.
    Duration elapsed();

    record Returned(List<Value> results, Duration elapsed) implements CallOutcome {
        public Returned {
            results = List.copyOf(results);
        }
    }

    /// @param reason the specification's words where it has them: `unreachable`, `integer divide by zero`
    /// @param offset file offset of the trapping instruction, where it is known
    /// @param address the linear-memory address of an out-of-bounds access, where it is known
    /// @param backtrace innermost frame first
    record Trapped(
            String reason, OptionalLong offset, OptionalLong address, List<WasmFrame> backtrace, Duration elapsed)
            implements CallOutcome {
        public Trapped {
            backtrace = List.copyOf(backtrace);
        }
    }

    /// @param stopped true when a person stopped the call before its deadline
    record TimedOut(Duration deadline, boolean stopped, List<WasmFrame> backtrace, Duration elapsed)
            implements CallOutcome {
        public TimedOut {
            backtrace = List.copyOf(backtrace);
        }
    }

    /// The guest did not run: a bad argument, an unknown export, an unmet import.
    ///
    /// @param reason a sentence with the values in it and what to do next
    record Rejected(String reason) implements CallOutcome {
        @Override
        public Duration elapsed() {
            return Duration.ZERO;
        }
    }

    /// WASI's `proc_exit`.
    record Exited(int code, Duration elapsed) implements CallOutcome {}
}

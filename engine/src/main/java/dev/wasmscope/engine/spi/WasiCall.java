package dev.wasmscope.engine.spi;

import java.util.List;

/// One WASI preview 1 call, as the guest made it: arguments by name, what they point at, how it ended.
/// Calls of functions that were defined by hand are written down alike, under `module.name`.
///
/// @param number counts the traced calls of a session from 1
/// @param at nanoseconds from the opening of the session to the call
/// @param arguments in the order of the function's definition; a pointer and its length are one
/// @param nanos from entry into the host to its return
/// @param moved bytes that were read, written or listed; 0 where the call moves none
public record WasiCall(
        long number, long at, String function, List<Argument> arguments, Outcome outcome, long nanos, long moved) {
    public WasiCall {
        arguments = List.copyOf(arguments);
    }

    /// @param raw as passed: the pointer, where the argument is a pointer and a length
    public record Argument(String name, long raw, WasiValue value) {}

    public sealed interface Outcome {
        /// @param name `ESUCCESS`, `EBADF`; `errno 200` for a code that WASI does not know
        record Errno(int code, String name) implements Outcome {
            public boolean success() {
                return code == 0;
            }
        }

        /// What a function gave that is no errno: one defined by hand.
        ///
        /// @param values as text; empty where it gives none
        record Gave(String values) implements Outcome {}

        /// The call did not return to the guest.
        ///
        /// @param how `exit 7`, or why the host trapped
        record Ended(String how) implements Outcome {}
    }
}

package dev.wasmscope.plugins.gateway.filter;

/// How the filter ended for one request.
public sealed interface FilterOutcome {
    /// The name of the result, as Easegress calls it; empty where the request goes on.
    String name();

    record Continue() implements FilterOutcome {
        @Override
        public String name() {
            return "";
        }
    }

    /// The guest answers itself.
    ///
    /// @param code 1 to 9
    record Result(int code) implements FilterOutcome {
        @Override
        public String name() {
            return "wasmResult" + code;
        }
    }

    /// A trap, a time-out or a result that there is not.
    ///
    /// @param reason a sentence
    record WasmError(String reason, boolean timedOut) implements FilterOutcome {
        @Override
        public String name() {
            return "wasmError";
        }
    }

    /// Every instance is at work.
    record OutOfVm(int pool) implements FilterOutcome {
        @Override
        public String name() {
            return "outOfVM";
        }
    }
}

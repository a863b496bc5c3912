package dev.wasmscope.views.lessons;

import java.util.List;

/// One thing a step does with the tools.
sealed interface Action {
    /// Opens a sample, or starts it again where it is open.
    record Open(String sample) implements Action {}

    /// Brings a tool to the front.
    record Show(String tool) implements Action {}

    /// Selects bytes of the first memory.
    record Memory(long address, long length) implements Action {}

    /// @param arguments as a person would type them
    record Call(String export, List<String> arguments) implements Action {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String toString() {
            return export + "(" + String.join(", ", arguments) + ")";
        }
    }

    /// Puts an export into the Invoke form without calling it.
    record Choose(String export) implements Action {}

    /// Takes back the last step of the module's session.
    record Undo() implements Action {}

    /// A new instance of the module.
    record Restart() implements Action {}
}

package dev.wasmscope.engine.spi;

import java.util.List;

/// An imported function that the user defines by hand. Its calls are written down with decoded arguments, beside those
/// of WASI.
///
/// @param module import module
/// @param name `*` for all functions of the module that nothing else provides
/// @param strings how strings are told among arguments, and given back
public record HostStub(String module, String name, Answer answer, StringForm strings) {
    public static final String ALL = "*";

    /// What the function does.
    public sealed interface Answer {
        /// Ends the call, naming the function.
        record Trap() implements Answer {}

        /// Gives 0, whatever the type.
        record Zero() implements Answer {}

        /// Gives 0 and writes the arguments to the guest's standard error.
        record Log() implements Answer {}

        /// @param values one for each result, as [Values#parse] reads them
        record Constant(List<String> values) implements Answer {
            public Constant {
                values = List.copyOf(values);
            }
        }

        /// Gives a string.
        record Text(String text) implements Answer {}

        /// Gives back the first string among the arguments.
        record Echo() implements Answer {}

        /// @param text over the arguments `$0`, `$1`: `$0 * 2 + 1`
        record Expression(String text) implements Answer {}
    }
}

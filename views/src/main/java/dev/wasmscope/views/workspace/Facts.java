package dev.wasmscope.views.workspace;

import dev.wasmscope.engine.binary.ModuleFacts;

/// What is known about an open module's contents.
public sealed interface Facts {
    record Reading() implements Facts {}

    record Read(ModuleFacts facts) implements Facts {}

    /// The file is not a module; it stays in the list so that its bytes can be looked at.
    ///
    /// @param reason a sentence with the offset in it
    /// @param offset where in the file reading failed
    record Malformed(String reason, long offset) implements Facts {}
}

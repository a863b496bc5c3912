package dev.wasmscope.views.code;

import dev.wasmscope.engine.binary.ModuleFacts.FunctionFact;
import dev.wasmscope.views.workspace.ModuleDocument;
import java.util.OptionalInt;

/// What the Code tool shows.
sealed interface CodeState {
    record NoModule() implements CodeState {}

    record Reading(String module) implements CodeState {}

    /// @param reason a sentence with the offset in it
    record Malformed(ModuleDocument module, String reason, long offset) implements CodeState {}

    record NoFunctions(String module) implements CodeState {}

    record Loading(FunctionFact function) implements CodeState {}

    /// @param line the one to look at
    record Shown(ModuleDocument module, FunctionFact function, CodeText text, OptionalInt line) implements CodeState {}

    record Imported(FunctionFact function) implements CodeState {}

    /// The user stopped the disassembly.
    record Stopped(FunctionFact function) implements CodeState {}

    /// The body cannot be decoded.
    ///
    /// @param reason a sentence with the offset in it
    record Broken(ModuleDocument module, FunctionFact function, String reason, long offset) implements CodeState {}
}

package dev.wasmscope.engine.spi;

/// What an undo did.
public sealed interface UndoOutcome {
    /// @param step what was undone, for a message: `call of sort_u32`, `write at 0x400`
    record Undone(String step) implements UndoOutcome {}

    /// @param reason a sentence
    record NothingToUndo(String reason) implements UndoOutcome {}
}

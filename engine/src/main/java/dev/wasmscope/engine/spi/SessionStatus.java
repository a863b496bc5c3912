package dev.wasmscope.engine.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A session at one moment.
///
/// @param epoch counts steps (calls, writes, undos); bytes read at equal epochs and at rest are equal
/// @param tainted the last call trapped or was stopped, so the guest's own stack pointer may be off; undo clears it
/// @param undoSteps how many steps can be undone
/// @param memoryPages current pages of 64 KiB by memory index
public record SessionStatus(
        Phase phase, long epoch, boolean tainted, int undoSteps, List<Integer> memoryPages, OutputSizes output) {
    public SessionStatus {
        memoryPages = List.copyOf(memoryPages);
    }

    public sealed interface Phase {
        record Idle() implements Phase {}

        record Running(String export, Duration since) implements Phase {}

        /// @param reason why, where it was not closed on request
        record Closed(Optional<String> reason) implements Phase {}
    }

    /// Bytes captured since the session was opened.
    public record OutputSizes(long stdout, long stderr) {}
}

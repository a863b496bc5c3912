package dev.wasmscope.plugins.kafka;

/// How a processor ended with a task.
sealed interface TaskOutcome {
    TaskOutcome DONE = new Done();

    record Done() implements TaskOutcome {}

    /// @param reason a sentence
    record Failed(String reason) implements TaskOutcome {}
}

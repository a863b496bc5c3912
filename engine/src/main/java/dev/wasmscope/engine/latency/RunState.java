package dev.wasmscope.engine.latency;

/// Where a run stands.
public sealed interface RunState {
    /// The probe starts and connects.
    record Starting() implements RunState {}

    /// The first block has come.
    record Running() implements RunState {}

    /// The planned time is over, or it was stopped.
    ///
    /// @param dropped blocks that were measured but left out because nobody fetched them in time
    record Ended(long dropped) implements RunState {}

    /// @param sentence what happened and what to do next
    record Failed(String sentence) implements RunState {}

    default boolean over() {
        return this instanceof Ended || this instanceof Failed;
    }
}

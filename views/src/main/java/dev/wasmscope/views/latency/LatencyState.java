package dev.wasmscope.views.latency;

/// What the latency tool is doing.
sealed interface LatencyState {
    /// Nothing was measured yet.
    record Idle() implements LatencyState {}

    /// Servers and probe are being started.
    record Starting() implements LatencyState {}

    record Measuring(Lanes lanes) implements LatencyState {}

    /// What was measured is still shown.
    record Stopped() implements LatencyState {}

    /// @param sentence what happened and what to do next
    record Failed(String sentence) implements LatencyState {}

    default boolean active() {
        return this instanceof Starting || this instanceof Measuring;
    }
}

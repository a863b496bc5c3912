package dev.wasmscope.views.trace;

/// What there is to show.
sealed interface TraceState {
    record NoModule() implements TraceState {}

    /// The module takes nothing from WASI.
    record NotNeeded(String module) implements TraceState {}

    /// Switched off, and nothing was traced before.
    record Off(String module) implements TraceState {}

    /// Switched on; the guest has called nothing yet.
    record Waiting(String module) implements TraceState {}

    record Calls() implements TraceState {}
}

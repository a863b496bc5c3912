package dev.wasmscope.engine.latency;

/// Where the measuring thread really ran.
///
/// @param processors as the kernel lists them: `0-1`
/// @param scheduler `SCHED_OTHER`, `SCHED_FIFO`
public record ClientFacts(String processors, String scheduler) {}

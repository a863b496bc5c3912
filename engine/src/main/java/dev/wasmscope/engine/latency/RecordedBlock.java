package dev.wasmscope.engine.latency;

import org.jspecify.annotations.Nullable;

/// One series' turn, as it was measured.
///
/// @param repeat of the run, from 0
/// @param start nanoseconds of the machine's steady clock, as `end`
/// @param counted belongs to the numbers: neither to the warm-up nor to settings that were turned later
/// @param missed planned sends that were given up because the server was too far behind
/// @param service from the actual send; null in the closed loop
/// @param clientNanos processor time of the measuring thread; -1 unknown
/// @param serverNanos processor time of the server's process; -1 unknown
public record RecordedBlock(
        int repeat,
        long start,
        long end,
        boolean counted,
        long missed,
        Distribution latency,
        @Nullable Distribution service,
        long clientNanos,
        long serverNanos) {}

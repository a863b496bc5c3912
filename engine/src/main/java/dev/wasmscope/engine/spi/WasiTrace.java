package dev.wasmscope.engine.spi;

import java.util.List;

/// Traced WASI calls, the oldest first, without gaps.
///
/// @param from number of the first call; larger than asked for where older ones were dropped
public record WasiTrace(long from, List<WasiCall> calls) {
    public WasiTrace {
        calls = List.copyOf(calls);
    }

    /// Number of the call that comes after these.
    public long next() {
        return from + calls.size();
    }
}

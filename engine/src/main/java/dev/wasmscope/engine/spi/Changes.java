package dev.wasmscope.engine.spi;

import java.util.List;

/// What one step changed in one memory.
///
/// @param epoch after the step
/// @param total how many ranges there are, also where `ranges` holds fewer
/// @param bytes how many bytes differ
public record Changes(long epoch, List<ChangedRange> ranges, int total, long bytes) {
    public Changes {
        ranges = List.copyOf(ranges);
    }
}

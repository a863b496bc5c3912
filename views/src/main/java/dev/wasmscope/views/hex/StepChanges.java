package dev.wasmscope.views.hex;

import dev.wasmscope.engine.spi.ChangedRange;
import dev.wasmscope.engine.spi.Changes;
import java.util.List;

/// What the latest step changed in the memory that is shown.
///
/// @param total how many ranges there are, also where `ranges` holds fewer
/// @param grown pages the step added; below 0 where an undo took them away
record StepChanges(long epoch, List<ChangedRange> ranges, int total, long bytes, int grown) {
    static final StepChanges NONE = new StepChanges(0, List.of(), 0, 0, 0);

    static StepChanges of(Changes changes, int grown) {
        return new StepChanges(changes.epoch(), changes.ranges(), changes.total(), changes.bytes(), grown);
    }

    /// `35 bytes in 3 ranges`.
    String summary() {
        if (total == 0) {
            return "no byte changed";
        }
        var shown = ranges.size() < total ? ", the first %,d listed".formatted(ranges.size()) : "";
        return "%,d %s in %,d %s%s"
                .formatted(bytes, bytes == 1 ? "byte" : "bytes", total, total == 1 ? "range" : "ranges", shown);
    }
}

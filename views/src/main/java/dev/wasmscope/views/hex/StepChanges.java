package dev.wasmscope.views.hex;

import dev.wasmscope.engine.spi.ChangedRange;
import dev.wasmscope.engine.spi.Changes;
import java.util.List;

/// What the latest step changed in the memory that is shown.
///
/// @param pagesBefore pages before the step
/// @param pages pages now
record StepChanges(long epoch, List<ChangedRange> ranges, int total, long bytes, int pagesBefore, int pages) {
    static StepChanges none(int pages) {
        return new StepChanges(0, List.of(), 0, 0, pages, pages);
    }

    static StepChanges of(Changes changes, int pagesBefore, int pages) {
        return new StepChanges(
                changes.epoch(), changes.ranges(), changes.total(), changes.bytes(), pagesBefore, pages);
    }

    int grown() {
        return pages - pagesBefore;
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

    /// `17 pages · 1.06 MiB`.
    String sizeText() {
        double mebibytes = pages / 16.0;
        return "%,d %s · %s"
                .formatted(
                        pages,
                        pages == 1 ? "page" : "pages",
                        pages < 16 ? "%d KiB".formatted(pages * 64) : "%.2f MiB".formatted(mebibytes));
    }
}

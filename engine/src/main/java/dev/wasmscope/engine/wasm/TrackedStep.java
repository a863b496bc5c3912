package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.Changes;
import dev.wasmscope.engine.spi.MemoryStep;

/// A step of one tracked memory without a history.
final class TrackedStep implements MemoryStep {
    /// Kept of what is overwritten; of a step that overwrites more nothing is told.
    private static final long MOST_BYTES = 64L << 20;

    private final TrackedMemory memory;
    private final BlockLog log;

    TrackedStep(TrackedMemory memory) {
        this.memory = memory;
        this.log = memory.record(MOST_BYTES);
    }

    @Override
    public void end() {
        memory.rest();
    }

    @Override
    public int pagesWritten() {
        return log.pages();
    }

    @Override
    public Changes changes(int most) {
        var found = log.changes(0, most);
        return new Changes(0, found.ranges(), found.total(), found.changedBytes());
    }
}

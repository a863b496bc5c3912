package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.latency.ProbeLine.Interval;
import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Writes what was measured on a thread of its own, so that a reader that is slow or stopped never holds up the
/// measuring loop: blocks come from a fixed supply, and while none has come back a block's figures are dropped,
/// counted and reported.
final class IntervalWriter {
    private static final int SUPPLY = 16;

    private final BlockingQueue<Block> empty = new ArrayBlockingQueue<>(SUPPLY);
    private final BlockingQueue<Object> full = new LinkedBlockingQueue<>();
    private final Block spare = new Block();
    private final PrintStream out;
    private final Thread thread;
    private long dropped;

    IntervalWriter(PrintStream out) {
        this.out = out;
        for (int i = 0; i < SUPPLY; i++) {
            empty.add(new Block());
        }
        thread = Thread.ofPlatform().daemon().name("interval-writer").start(this::writeAll);
    }

    /// A block to fill; never waits. Measuring thread only, as all below.
    Block take() {
        @Nullable Block block = empty.poll();
        if (block == null) {
            spare.clear();
            return spare;
        }
        return block;
    }

    void hand(Block block) {
        if (block == spare) {
            dropped++;
        } else {
            full.add(block);
        }
    }

    /// Takes a block back unused.
    void discard(Block block) {
        if (block != spare) {
            block.clear();
            empty.add(block);
        }
    }

    void line(ProbeLine line) {
        full.add(line);
    }

    /// Writes everything that is left and the end.
    void end() throws InterruptedException {
        full.add(new ProbeLine.End(dropped));
        thread.join();
    }

    private void writeAll() {
        try {
            while (true) {
                switch (full.take()) {
                    case Block block -> write(block);
                    case ProbeLine line -> {
                        print(line);
                        if (line instanceof ProbeLine.End) {
                            return;
                        }
                    }
                    case Object other -> throw new IllegalStateException("Not to be written: " + other.getClass());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Block block) {
        print(new Interval(
                block.series,
                block.start,
                block.end,
                block.warm,
                block.missed,
                Distribution.encode(block.latency),
                block.fixedRate ? Distribution.encode(block.service) : null,
                block.clientCpu,
                block.serverCpu));
        block.clear();
        empty.add(block);
    }

    private void print(ProbeLine line) {
        out.println(ProbeLine.write(line));
        out.flush();
    }
}

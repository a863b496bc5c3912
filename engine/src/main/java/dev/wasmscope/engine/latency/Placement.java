package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.platform.ThreadPlacement;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Puts the measuring thread where the plan wants it, and before others only while it measures.
final class Placement {
    /// Beyond a block and its overrun something has gone wrong.
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /// Long enough to be a wait.
    private static final long MOMENT_NANOS = 50_000;

    private final ClientSide side;
    private final Duration longest;

    Placement(LatencyPlan plan) {
        side = plan.client();
        longest = plan.block().plusNanos(Block.OVERRUN_NANOS).plus(MARGIN);
    }

    /// Once, on the measuring thread.
    ///
    /// @return where it is now
    ClientFacts begin() throws ProbeFailedException {
        try {
            if (side.processor().isPresent()) {
                ThreadPlacement.pinThisThread(side.processor().getAsInt());
            }
            enter();
            var facts = new ClientFacts(ThreadPlacement.processors(), ThreadPlacement.scheduler());
            leave();
            return facts;
        } catch (IOException e) {
            throw new ProbeFailedException("The measuring thread cannot be placed as planned. " + e.getMessage(), e);
        }
    }

    void enter() throws IOException {
        if (side.realTime()) {
            ThreadPlacement.realTime(longest);
        }
    }

    /// Between two blocks others have their turn.
    void leave() throws IOException {
        if (side.realTime()) {
            // The limit counts from the last time that the thread waited, however often its priority changes: one that
            // spins through block after block, always answered, would be ended for it.
            LockSupport.parkNanos(MOMENT_NANOS);
            ThreadPlacement.usualPriority();
        }
    }
}

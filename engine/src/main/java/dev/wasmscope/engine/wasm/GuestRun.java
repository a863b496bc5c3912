package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.SessionStatus;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/// The guest code of a session that runs now, if any does: since when, and until when it may.
final class GuestRun {
    private final Deadline deadline;
    private volatile @Nullable Current current;

    private record Current(String what, long since) {}

    GuestRun(ScheduledExecutorService deadlines) {
        this.deadline = new Deadline(deadlines);
    }

    /// Runs guest code on the calling thread, which is the session's.
    ///
    /// @param what name of the export, for whoever looks on
    /// @param time after which it is interrupted
    <T, X extends Exception> T of(String what, Duration time, Steps.Work<T, X> work) throws X {
        current = new Current(what, System.nanoTime());
        deadline.arm(time);
        try {
            return work.run();
        } finally {
            deadline.disarm();
            current = null;
        }
    }

    boolean running() {
        return current != null;
    }

    SessionStatus.Phase phase() {
        var now = current;
        return now == null
                ? new SessionStatus.Phase.Idle()
                : new SessionStatus.Phase.Running(now.what, Duration.ofNanos(System.nanoTime() - now.since));
    }

    /// Ends what runs, from any thread.
    void stop() {
        deadline.stop();
    }

    /// Host functions that the last run called.
    long hostCalls() {
        return deadline.hostCalls();
    }

    /// Tells a person's stop from a deadline.
    CallOutcome stoppedOr(CallOutcome outcome) {
        return outcome instanceof CallOutcome.TimedOut late && deadline.wasStopped()
                ? new CallOutcome.TimedOut(late.deadline(), true, late.backtrace(), late.elapsed())
                : outcome;
    }
}

package dev.wasmscope.engine.wasm;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Interrupts guest code of one thread, and only guest code: on entry into the host the interrupt is taken back and
/// waits until the guest goes on, so that it can never close a file or socket of the host.
final class Deadline {
    private final ScheduledExecutorService timer;
    private @Nullable Thread thread;
    private @Nullable Future<?> alarm;
    private boolean guest;
    private boolean due;
    private boolean stopped;
    private long round;

    Deadline(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /// The calling thread is about to enter guest code.
    synchronized void arm(Duration time) {
        thread = Thread.currentThread();
        guest = true;
        due = false;
        stopped = false;
        var mine = ++round;
        alarm = timer.schedule(() -> ring(mine, false), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Back from guest code; no interrupt is left behind.
    synchronized void disarm() {
        round++;
        guest = false;
        thread = null;
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
        var _ = Thread.interrupted();
    }

    /// Ends the guest code that runs now, if any does. From any thread.
    synchronized void stop() {
        ring(round, true);
    }

    private synchronized void ring(long which, boolean byPerson) {
        if (which != round || thread == null) {
            return;
        }
        due = true;
        stopped |= byPerson;
        if (guest) {
            thread.interrupt();
        }
    }

    synchronized boolean wasStopped() {
        return stopped;
    }

    synchronized void enterHost() {
        guest = false;
        var _ = Thread.interrupted();
    }

    synchronized void leaveHost() {
        if (thread == null) {
            return;
        }
        guest = true;
        if (due) {
            thread.interrupt();
        }
    }
}

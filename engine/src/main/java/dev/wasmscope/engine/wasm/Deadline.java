package dev.wasmscope.engine.wasm;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Interrupts guest code of one thread, and only guest code: on entry into the host the interrupt is taken back and
/// waits until the guest goes on, so that it can never close a file or socket of the host.
final class Deadline {
    private static final ThreadLocal<@Nullable Deadline> OF_THREAD = new ThreadLocal<>();

    private final ScheduledExecutorService timer;
    private @Nullable Thread thread;
    private @Nullable Future<?> alarm;
    private boolean guest;
    private boolean due;
    private boolean stopped;
    private long round;
    private long hostCalls;

    Deadline(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /// The calling thread is about to enter guest code.
    synchronized void arm(Duration time) {
        OF_THREAD.set(this);
        hostCalls = 0;
        thread = Thread.currentThread();
        guest = true;
        due = false;
        stopped = false;
        var mine = ++round;
        alarm = timer.schedule(() -> ring(mine, false), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Back from guest code; no interrupt is left behind.
    synchronized void disarm() {
        OF_THREAD.remove();
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
            GuestSupport.interrupt(thread);
        }
    }

    synchronized boolean wasStopped() {
        return stopped;
    }

    /// Host functions called since it was armed.
    synchronized long hostCalls() {
        return hostCalls;
    }

    /// Lifts the deadline of the calling thread: a linked session's host functions are called on another thread
    /// than its own.
    static @Nullable Deadline enterHost() {
        var mine = OF_THREAD.get();
        if (mine != null) {
            mine.enter();
        }
        return mine;
    }

    private synchronized void enter() {
        hostCalls++;
        guest = false;
        var _ = Thread.interrupted();
    }

    synchronized void leaveHost() {
        if (thread == null) {
            return;
        }
        guest = true;
        if (due) {
            GuestSupport.interrupt(thread);
        }
    }
}

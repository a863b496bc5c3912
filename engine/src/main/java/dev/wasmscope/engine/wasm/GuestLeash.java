package dev.wasmscope.engine.wasm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.function.Supplier;

/// Until when the guest code of one hosted instance may run, whichever thread calls it.
///
/// Entering costs a look at the clock, leaving a word that is compared and set; no timer is set. [LeashWatch] looks at
/// the word every few milliseconds. Only a stretch of guest code is ever interrupted, never the host, and an
/// interrupt does not outlive its stretch, so that it can never close a file or socket of the host.
final class GuestLeash {
    private static final long AT_REST = 0;
    private static final long IN_HOST = -1;
    private static final long RINGING = -2;
    private static final long RUNG = -3;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(GuestLeash.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// Positive: the number of the stretch of guest code that runs.
    private volatile long state;

    /// Belongs to the period that is written after it and read before it.
    private volatile long endsAt;

    private volatile long period;
    private volatile long overdue;
    private volatile long call;
    private volatile long stopWanted;
    private Thread caller = Thread.currentThread();
    private Duration time = Duration.ZERO;
    private long stretches;
    private long periods;
    private long calls;
    private boolean rung;

    /// The calling thread is about to enter guest code from the outside.
    void begin(Duration mostTime) {
        caller = Thread.currentThread();
        time = mostTime;
        rung = false;
        call = ++calls;
        beginPeriod();
        state = ++stretches;
    }

    private void beginPeriod() {
        endsAt = System.nanoTime() + time.toNanos();
        period = ++periods;
    }

    /// Back for good; no interrupt of ours is left behind.
    void end() {
        leave(AT_REST);
    }

    /// The guest calls the host, which is not interrupted: what falls due meanwhile waits.
    void enterHost() {
        leave(IN_HOST);
    }

    /// The host returns to the guest, or calls it from within a host function.
    void leaveHost() {
        state = ++stretches;
        if (overdue == period || stopWanted == call) {
            rung = true;
            GuestSupport.interrupt(caller);
        }
    }

    /// The deadline of the call under way begins anew. For the host functions that it calls.
    void renew() {
        beginPeriod();
    }

    /// Runs a host function that is out of the deadline's reach.
    <T> T lifted(Supplier<T> hostCode) {
        enterHost();
        try {
            return hostCode.get();
        } finally {
            leaveHost();
        }
    }

    private void leave(long where) {
        if (!STATE.compareAndSet(this, stretches, where)) {
            while (state != RUNG) {
                Thread.onSpinWait();
            }
            rung = true;
            state = where;
        }
        if (rung) {
            var _ = Thread.interrupted();
        }
    }

    /// Ends the call under way, if one is: at once, or when its host function returns. From any thread.
    void stop() {
        var wanted = call;
        var seen = state;
        if (seen != AT_REST && wanted == call) {
            stopWanted = wanted;
            ring(seen);
        }
    }

    /// Whether somebody asked the last call to stop. Its caller's thread only.
    boolean wasStopped() {
        return stopWanted == call;
    }

    /// Whether a call is under way, in the guest or in the host. From any thread.
    boolean running() {
        return state != AT_REST;
    }

    /// Rings where the time is over; in the host it rings on return. From any thread.
    void look(long now) {
        var seen = state;
        var looked = period;
        if (seen != AT_REST && now - endsAt >= 0) {
            overdue = looked;
            ring(seen);
        }
    }

    private void ring(long seen) {
        var whom = caller;
        if (seen > 0 && STATE.compareAndSet(this, seen, RINGING)) {
            GuestSupport.interrupt(whom);
            state = RUNG;
        }
    }
}

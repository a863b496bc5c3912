package dev.wasmscope.engine.wasm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.function.Supplier;

/// Until when the guest code of one hosted instance may run, whichever thread calls it.
///
/// The time is by the clock; but a call that was not given a processor for so long, because others had it or the whole
/// machine stood still, has done nothing wrong. So once the time is over a call ends when it waits for something, when
/// its thread has used a quarter of the time itself, or at the latest after ten times the time.
///
/// Entering costs a look at the clock, leaving a word that is compared and set; no timer is set. [LeashWatch] looks at
/// the word every few milliseconds. Only a stretch of guest code is ever interrupted, never the host, and an
/// interrupt does not outlive its stretch, so that it can never close a file or socket of the host.
final class GuestLeash implements Guarded.Lift {
    private static final long AT_REST = 0;
    private static final long IN_HOST = -1;
    private static final long RINGING = -2;
    private static final long RUNG = -3;

    /// Part of the time that the calling thread has to have used itself.
    private static final int OWN_SHARE = 4;

    /// Times the time after which nothing counts but the clock.
    private static final int LONGEST = 10;

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
    private volatile boolean waiting;
    private Thread caller = Thread.currentThread();
    private Duration time = Duration.ZERO;
    private long stretches;
    private long periods;
    private long calls;
    private boolean rung;

    /// The watch's own: the period that it saw last, and what its thread had used of a processor then.
    private long sighted;

    private long usedBefore;

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

    @Override
    public <T> T around(Supplier<T> hostCode) {
        enterHost();
        try {
            return hostCode.get();
        } finally {
            leaveHost();
        }
    }

    @Override
    public <T> T waiting(Supplier<T> hostCode) {
        waiting = true;
        try {
            return hostCode.get();
        } finally {
            waiting = false;
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

    /// Rings where the time is over; in the host it rings on return. By one thread, every few milliseconds.
    void look(long now, ThreadTimes threads) {
        var seen = state;
        if (seen == AT_REST) {
            return;
        }
        var looked = period;
        var whom = caller;
        if (sighted != looked) {
            sighted = looked;
            usedBefore = threads.used(whom);
        }
        var over = now - endsAt;
        if (over >= 0 && (overdue == looked || !spared(over, whom, threads))) {
            overdue = looked;
            ring(seen);
        }
    }

    /// Whether a call whose time is over was kept from using it.
    private boolean spared(long over, Thread whom, ThreadTimes threads) {
        var whole = time.toNanos();
        return !waiting
                && usedBefore >= 0
                && over < (LONGEST - 1) * whole
                && !threads.waits(whom)
                && threads.used(whom) - usedBefore < whole / OWN_SHARE;
    }

    private void ring(long seen) {
        var whom = caller;
        if (seen > 0 && STATE.compareAndSet(this, seen, RINGING)) {
            GuestSupport.interrupt(whom);
            state = RUNG;
        }
    }
}

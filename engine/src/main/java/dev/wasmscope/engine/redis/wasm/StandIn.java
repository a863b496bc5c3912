package dev.wasmscope.engine.redis.wasm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Notices calls that last, and does something else on a thread of its own until they return.
///
/// A call that does not last costs its thread two stores and no system call: this thread looks every [#STEP_MILLIS],
/// and takes over what it finds in the same call twice. With no calls it looks twice a second.
final class StandIn implements AutoCloseable {
    static final long STEP_MILLIS = 10;
    private static final long ASLEEP_NANOS = 500_000_000;
    private static final int IDLE_LOOKS = 20;
    private static final long TAKEN = 0;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(StandIn.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Consumer<BooleanSupplier> work;
    private final Thread thread;
    /// Of the calling thread.
    private long calls;
    /// n during call n, -n after it, [#TAKEN] while this thread stands in.
    @SuppressWarnings("unused") // by its handle
    private volatile long state = -1;

    private volatile boolean asleep;
    private volatile boolean returned;
    private volatile boolean closed;

    /// @param work runs on this thread while a call lasts, as long as what it is given says
    StandIn(Consumer<BooleanSupplier> work) {
        this.work = work;
        thread = Thread.ofPlatform().daemon().name("redis-wasm-stand-in").start(this::watch);
    }

    /// By the calling thread, before a call.
    void entering() {
        calls++;
        STATE.setRelease(this, calls);
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /// By the calling thread, after it.
    ///
    /// @return whether somebody stood in, who has stopped now
    boolean left() {
        if (STATE.compareAndSet(this, calls, -calls)) {
            return false;
        }
        returned = true;
        awaitEnd();
        returned = false;
        return true;
    }

    private synchronized void awaitEnd() {
        while (state == TAKEN) {
            try {
                wait();
            } catch (InterruptedException e) {
                // A deadline that came too late: the call has returned, and this does not take long.
            }
        }
    }

    private void watch() {
        var seen = 0L;
        var idle = 0;
        while (!closed) {
            asleep = idle > IDLE_LOOKS;
            LockSupport.parkNanos(asleep ? ASLEEP_NANOS : STEP_MILLIS * 1_000_000);
            asleep = false;
            var now = state;
            if (now != seen) {
                idle = 0;
            } else if (now < 0) {
                idle++;
            } else if (STATE.compareAndSet(this, now, TAKEN)) {
                standIn(now);
            }
            seen = now;
        }
    }

    private void standIn(long call) {
        try {
            work.accept(() -> !returned && !closed);
        } finally {
            synchronized (this) {
                state = -call;
                notifyAll();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}

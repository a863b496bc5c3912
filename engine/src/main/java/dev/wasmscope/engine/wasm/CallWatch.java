package dev.wasmscope.engine.wasm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/// A deadline for calls so short and so many that arming a timer for each would cost more than the calls.
///
/// The caller only numbers its calls; a thread looks ten times a second whether the number it sees has stood for too
/// long. An interrupt never outlives the call it was meant for, so it cannot close a file or socket of the host.
final class CallWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final long NOBODY = 0;
    private static final long RINGING = -1;
    private static final long RUNG = -2;
    private static final VarHandle RUNNING;

    static {
        try {
            RUNNING = MethodHandles.lookup().findVarHandle(CallWatch.class, "running", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile Duration deadline;
    private final Thread watch;
    private volatile long running;
    private volatile long renewed = System.nanoTime();
    private Thread caller = Thread.currentThread();
    private long count;

    CallWatch(Duration deadline) {
        this.deadline = deadline;
        this.watch = Thread.ofPlatform().daemon().name("guest watch").start(this::look);
    }

    Duration deadline() {
        return deadline;
    }

    void deadline(Duration other) {
        deadline = other;
    }

    /// The call under way gets on: its deadline begins anew. From any thread.
    void renew() {
        renewed = System.nanoTime();
    }

    /// The calling thread is about to enter guest code.
    void enter() {
        caller = Thread.currentThread();
        RUNNING.setRelease(this, ++count);
    }

    /// Back from guest code; no interrupt is left behind.
    void leave() {
        if (!RUNNING.compareAndSet(this, count, NOBODY)) {
            while (running != RUNG) {
                Thread.onSpinWait();
            }
            var _ = Thread.interrupted();
            running = NOBODY;
        }
    }

    private void look() {
        long seen = NOBODY;
        long since = 0;
        try {
            while (true) {
                Thread.sleep(PERIOD);
                var now = running;
                if (now != seen || now == NOBODY) {
                    seen = now;
                    since = System.nanoTime();
                } else if (System.nanoTime() - later(since, renewed) >= deadline.toNanos()
                        && RUNNING.compareAndSet(this, now, RINGING)) {
                    GuestSupport.interrupt(caller);
                    running = RUNG;
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}

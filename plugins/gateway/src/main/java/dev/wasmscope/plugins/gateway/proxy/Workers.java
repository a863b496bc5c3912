package dev.wasmscope.plugins.gateway.proxy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.TryExecutor;
import org.eclipse.jetty.util.thread.strategy.AdaptiveExecutionStrategy;

/// The threads of a gateway, where one that has heard of bytes goes on with them itself.
///
/// Before it does, Jetty asks for another thread to listen in its place. To wake one for each request costs
/// more than most filters do, so none is woken at once: most threads are back at listening before anybody
/// missed them. One clock thread looks every [#TICK_MILLIS] and sends another for those that are not, so
/// that a guest that takes its time holds up the requests of others no longer than two looks. Where filters
/// take their time often, threads are woken at once as Jetty wants it: they use all processors then.
final class Workers implements TryExecutor {
    private static final long TICK_MILLIS = 2;

    /// Looks after the last request until the clock stops.
    private static final int CALM_TICKS = 100;

    /// Several times what it takes to wake a thread.
    private static final long LONG_NANOS = 200_000;

    /// What a run counts at most: one that loops says nothing of the others.
    private static final long LONGEST_NANOS = 1_000_000;

    /// Runs that the average is of, about.
    private static final int RUNS = 32;

    private final QueuedThreadPool pool;
    private final Map<AdaptiveExecutionStrategy, Absence> absences = new ConcurrentHashMap<>();
    private final Thread clock =
            Thread.ofPlatform().daemon().name("gateway-clock").unstarted(this::loop);
    private volatile boolean running;
    private volatile boolean resting;
    private volatile long usualNanos;

    /// Nobody listens in the stead of a thread that has something to do.
    private static final class Absence {
        /// Since the last look it was back and away once more.
        private volatile boolean again = true;
    }

    Workers(QueuedThreadPool pool) {
        this.pool = pool;
    }

    /// Once. From now until [#stop] threads are not woken at once.
    void start() {
        running = true;
        clock.start();
    }

    void stop() {
        running = false;
        clock.interrupt();
    }

    /// A connection of HTTP/1.1 that has answered a request wants to be asked for the next one, which
    /// hardly ever is here already: no other thread is woken to find that out.
    @Override
    public void execute(Runnable task) {
        if (task instanceof Connection && !Invocable.isNonBlockingInvocation()) {
            task.run();
        } else {
            pool.execute(task);
        }
    }

    @Override
    public boolean tryExecute(Runnable task) {
        if (usualNanos > LONG_NANOS || !running || !(task instanceof AdaptiveExecutionStrategy listening)) {
            return pool.tryExecute(task);
        }
        absences.computeIfAbsent(listening, _ -> new Absence()).again = true;
        if (resting) {
            LockSupport.unpark(clock);
        }
        return true;
    }

    /// A run of the filter has kept a thread for so long. Counts of two at once may be one.
    void kept(long nanos) {
        var usual = usualNanos;
        usualNanos = usual + (Math.min(nanos, LONGEST_NANOS) - usual) / RUNS;
    }

    private void loop() {
        var calm = 0;
        while (running) {
            LockSupport.parkNanos(TICK_MILLIS * 1_000_000);
            calm = absences.isEmpty() ? calm + 1 : 0;
            look();
            if (calm > CALM_TICKS) {
                rest();
                calm = 0;
            }
        }
    }

    private void look() {
        absences.forEach((listening, absence) -> {
            if (absence.again) {
                absence.again = false;
                return;
            }
            // In this order: whoever leaves from now on is a new absence, or seen to be away.
            absences.remove(listening);
            if (listening.isIdle()) {
                send(listening);
            }
        });
    }

    private void send(AdaptiveExecutionStrategy listening) {
        try {
            pool.execute(listening);
        } catch (RejectedExecutionException e) {
            // The pool was stopped: there is nothing left to listen for.
            absences.clear();
        }
    }

    private void rest() {
        resting = true;
        while (absences.isEmpty() && running) {
            LockSupport.park(this);
        }
        resting = false;
    }
}

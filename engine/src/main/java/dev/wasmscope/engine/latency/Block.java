package dev.wasmscope.engine.latency;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// Measures one series for one turn. Reads nothing, allocates nothing, talks to nobody but the server.
///
/// Reused: a full one goes to the writer, an empty one comes back.
final class Block {
    /// How far a block may overrun to make the sends that a stalled server kept it from making.
    static final long OVERRUN_NANOS = 2_000_000_000L;

    /// Parking is not exact, so the last stretch before a planned send is spun.
    private static final long SPIN_NANOS = 150_000;

    final Histogram latency = Distribution.newHistogram();
    final Histogram service = Distribution.newHistogram();
    int series;
    long start;
    long end;
    long missed;
    long clientCpu;
    long serverCpu;
    boolean warm;
    boolean fixedRate;

    void clear() {
        latency.reset();
        service.reset();
        missed = 0;
    }

    /// Sends, waits, sends again, until `nanos` are over.
    void closedLoop(Exchange exchange, long nanos) throws IOException {
        fixedRate = false;
        start = System.nanoTime();
        long until = start + nanos;
        long sent = start;
        while (sent < until) {
            exchange.send(sent);
            for (int pending = exchange.inFlight(); pending > 0; ) {
                int ended = exchange.receive();
                long now = System.nanoTime();
                count(latency, now - exchange.sentAt(), ended);
                pending -= ended;
            }
            sent = System.nanoTime();
        }
        end = sent;
    }

    /// Sends when the plan says so, or as soon as the reply before has come.
    ///
    /// The plan does not wait for a slow server: it goes on until the block is over *and* every send that fell due
    /// has been made, so a stall counts once for each request it delayed.
    ///
    /// @param perSecond requests a second; those of a pipeline and of all connections fall due together
    /// @param due nanoseconds of block time until the first send, 0 or more
    /// @return `due` of this series' next block
    long fixedRate(Exchange exchange, double perSecond, long nanos, long due) throws IOException {
        fixedRate = true;
        start = System.nanoTime();
        long until = start + nanos;
        double step = 1e9 * exchange.inFlight() / perSecond;
        long turn = 0;
        long now = start;
        long planned = start + due;
        while (planned < until || planned <= now) {
            if (now > until + OVERRUN_NANOS) {
                missed = (long) Math.floor((now - planned) / step) * exchange.inFlight();
                break;
            }
            waitUntil(planned);
            long sent = System.nanoTime();
            exchange.send(sent);
            for (int pending = exchange.inFlight(); pending > 0; ) {
                int ended = exchange.receive();
                now = System.nanoTime();
                count(latency, now - planned, ended);
                count(service, now - exchange.sentAt(), ended);
                pending -= ended;
            }
            turn++;
            planned = start + due + (long) (turn * step);
        }
        waitUntil(until);
        end = System.nanoTime();
        return Math.max(0, planned - until);
    }

    private static void count(Histogram histogram, long nanos, int replies) {
        if (replies > 0) {
            histogram.recordValueWithCount(Math.clamp(nanos, 1, Distribution.HIGHEST_NANOS), replies);
        }
    }

    private static void waitUntil(long planned) {
        for (long left = planned - System.nanoTime(); left > 0; left = planned - System.nanoTime()) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }
}

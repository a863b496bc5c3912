package dev.wasmscope.views.latency;

import java.time.Duration;

/// How often a running measurement is drawn: as often as the window may, without itself being what is measured.
///
/// The processor time of the whole process decides; above 3 % of one core drawings become rarer, down to one in four
/// seconds, and more frequent again below half of that.
final class Pace {
    static final double MOST = 0.03;

    private static final Duration FASTEST = Duration.ofMillis(500);
    private static final Duration SLOWEST = Duration.ofSeconds(4);
    /// Code that runs for the first time is compiled meanwhile, which says nothing.
    private static final Duration BEGINNING = Duration.ofSeconds(10);

    private Duration period = Duration.ofSeconds(1);
    private long began;
    private long drawn = Long.MIN_VALUE;
    private long cpu;

    /// @param now nanoseconds of a steady clock, as `processor` of the time this process had on all processors
    void begin(long now, long processor) {
        period = Duration.ofSeconds(1);
        began = now;
        drawn = now;
        cpu = processor;
    }

    /// Whether it is time to draw again.
    boolean due(long now, long processor) {
        long since = now - drawn;
        // Beats of a timer are never exact.
        if (since < period.toNanos() * 9 / 10) {
            return false;
        }
        double share = (double) (processor - cpu) / since;
        if (now - began > BEGINNING.toNanos()) {
            period = next(share);
        }
        drawn = now;
        cpu = processor;
        return true;
    }

    Duration period() {
        return period;
    }

    private Duration next(double share) {
        if (share > MOST) {
            return period.multipliedBy(2).compareTo(SLOWEST) > 0 ? SLOWEST : period.multipliedBy(2);
        }
        if (share < MOST / 2) {
            return period.dividedBy(2).compareTo(FASTEST) < 0 ? FASTEST : period.dividedBy(2);
        }
        return period;
    }
}

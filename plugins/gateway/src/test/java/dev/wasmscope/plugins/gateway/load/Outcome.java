package dev.wasmscope.plugins.gateway.load;

import org.HdrHistogram.Histogram;

/// What came of a load.
final class Outcome {
    /// Nanoseconds from the moment that a request was planned for to the last byte of its answer.
    final Histogram latency = new Histogram(3);

    private long failed;
    private long mixed;
    private long refused;

    void answered(Answer answer, long nanos) {
        latency.recordValue(nanos);
        if (answer.status() == 503) {
            refused++;
        } else if (answer.status() != 200) {
            failed++;
        } else if (answer.isMixed()) {
            mixed++;
        }
    }

    double p50() {
        return latency.getValueAtPercentile(50) / 1e3;
    }

    /// None failed, none came through two versions, none was refused.
    boolean isClean() {
        return failed + mixed + refused == 0;
    }

    @Override
    public String toString() {
        return "%d requests, p50 %.1f us, p90 %.1f us, p99 %.1f us; %d failed, %d mixed, %d outOfVM"
                .formatted(
                        latency.getTotalCount(),
                        p50(),
                        latency.getValueAtPercentile(90) / 1e3,
                        latency.getValueAtPercentile(99) / 1e3,
                        failed,
                        mixed,
                        refused);
    }
}

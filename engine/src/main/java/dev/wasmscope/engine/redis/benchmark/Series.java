package dev.wasmscope.engine.redis.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The times of one test over all rounds, each with what the calibration took just before.
final class Series {
    private record Time(double seconds, long calibration) {}

    private final List<Time> times = new ArrayList<>();

    void add(double seconds, long calibrationNanos) {
        times.add(new Time(seconds, calibrationNanos));
    }

    /// The median of the rounds, as if the machine had always been as fast as the calibration's median says.
    double seconds(double usualCalibration) {
        return median(times.stream()
                .mapToDouble(time -> time.seconds * usualCalibration / time.calibration)
                .toArray());
    }

    /// As measured in one round.
    double measured(int round) {
        return times.get(round).seconds;
    }

    /// @param values at least one
    static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

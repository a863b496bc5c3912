package dev.wasmscope.engine.redis.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The times of the native server, and every calibration of the run.
final class Times {
    private final Map<String, Series> series = new TreeMap<>();
    private final List<Long> calibrations = new ArrayList<>();

    Series of(BenchmarkTest test) {
        return series.computeIfAbsent(test.name(), name -> new Series());
    }

    long calibrate(Calibration calibration) {
        long nanos = calibration.nanos();
        calibrations.add(nanos);
        return nanos;
    }

    double usualCalibration() {
        return Series.median(
                calibrations.stream().mapToDouble(Long::doubleValue).toArray());
    }

    double unsteadiness() {
        var all = calibrations.stream().mapToLong(Long::longValue).summaryStatistics();
        return (double) all.getMax() / all.getMin();
    }
}

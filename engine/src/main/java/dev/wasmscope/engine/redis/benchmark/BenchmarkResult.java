package dev.wasmscope.engine.redis.benchmark;

import dev.wasmscope.engine.platform.Environment;
import java.util.List;
import java.util.Map;

/// What a benchmark found. Seconds are for `requests` requests of each test, normalised by the calibration.
///
/// @param rounds how often everything was measured; the medians are given
/// @param calibration slowest over fastest calibration: how unsteady the machine was, 1 for not at all
/// @param compared replies that were compared with the native server's, byte for byte, before anything was timed
/// @param costs what the native server counts inside its commands, by command
record BenchmarkResult(
        int requests,
        int rounds,
        double calibration,
        long compared,
        Environment environment,
        Map<String, CommandCost> costs,
        List<RuntimeResult> runtimes) {
    BenchmarkResult {
        costs = Map.copyOf(costs);
        runtimes = List.copyOf(runtimes);
    }

    /// @param roundRatios Wasm's time over native's for the whole suite, round by round
    /// @param steadySeconds from the start of the guest's process until it was as fast as it stayed; see [WarmUp]
    record RuntimeResult(String name, double steadySeconds, List<Double> roundRatios, List<TestResult> tests) {
        double seconds() {
            return tests.stream().mapToDouble(TestResult::seconds).sum();
        }

        double nativeSeconds() {
            return tests.stream().mapToDouble(TestResult::nativeSeconds).sum();
        }

        double ratio() {
            return seconds() / nativeSeconds();
        }
    }

    /// @param command as `INFO commandstats` calls it
    /// @param cpuMicros of the guest's thread, a request
    record TestResult(String name, String command, double seconds, double nativeSeconds, double cpuMicros) {
        double ratio() {
            return seconds / nativeSeconds;
        }
    }
}

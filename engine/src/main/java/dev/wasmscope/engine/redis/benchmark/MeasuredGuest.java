package dev.wasmscope.engine.redis.benchmark;

import dev.wasmscope.engine.platform.JitFlags;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A guest's process and what was measured in it.
final class MeasuredGuest implements AutoCloseable {
    private final String runtime;
    private final GuestProcess process;
    private final long started;
    private final Times times = new Times();
    private final Map<String, Series> cpu = new TreeMap<>();
    private final WarmUp warmUp = new WarmUp();

    private MeasuredGuest(String runtime, GuestProcess process, long started) {
        this.runtime = runtime;
        this.process = process;
        this.started = started;
    }

    static MeasuredGuest start(String runtime) throws IOException {
        long now = System.nanoTime();
        return new MeasuredGuest(runtime, GuestProcess.start(runtime, JitFlags.FOR_GUESTS), now);
    }

    /// @return how many replies were equal to the native server's
    long compare(int port, long seed) throws IOException {
        return process.compare(port, seed);
    }

    /// Runs all tests, and again until so many seconds have passed.
    void warmUp(int requests, double seconds) throws IOException {
        double begin = age();
        do {
            double start = age();
            long cpu = 0;
            for (int i = 0; i < DefaultTests.groups().size(); i++) {
                for (long nanos : process.run(i, requests).cpuNanos()) {
                    cpu += nanos;
                }
            }
            warmUp.add(new WarmUp.Pass(start, cpu / 1e9));
        } while (age() - begin < seconds);
    }

    private double age() {
        return (System.nanoTime() - started) / 1e9;
    }

    void empty() throws IOException {
        process.empty();
    }

    @Override
    public void close() {
        process.close();
    }

    void run(int index, BenchmarkGroup group, int requests, long calibration) throws IOException {
        var measured = process.run(index, requests);
        for (int t = 0; t < group.tests().size(); t++) {
            var test = group.tests().get(t);
            times.of(test).add(measured.nanos().get(t) / 1e9, calibration);
            cpu.computeIfAbsent(test.name(), name -> new Series())
                    .add(measured.cpuNanos().get(t) / 1e9, calibration);
        }
    }

    BenchmarkResult.RuntimeResult result(int rounds, int requests, Times nativeTimes, double usual) {
        var tests = DefaultTests.groups().stream()
                .flatMap(group -> group.tests().stream())
                .toList();
        var results = tests.stream()
                .map(test -> new BenchmarkResult.TestResult(
                        test.name(),
                        test.command(),
                        times.of(test).seconds(usual),
                        nativeTimes.of(test).seconds(usual),
                        Objects.requireNonNull(cpu.get(test.name())).seconds(usual) * 1e6 / requests))
                .toList();
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            ratios.add(total(times, tests, round) / total(nativeTimes, tests, round));
        }
        return new BenchmarkResult.RuntimeResult(runtime, warmUp.steadySeconds(), ratios, results);
    }

    private static double total(Times of, List<BenchmarkTest> tests, int round) {
        return tests.stream().mapToDouble(test -> of.of(test).measured(round)).sum();
    }
}

package dev.wasmscope.engine.redis.benchmark;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.Environment;
import dev.wasmscope.engine.platform.JitFlags;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Measures the native server and Redis in Wasm in turns, test by test, with the calibration between them.
///
/// @param requests of each test in each round
/// @param warmUpSeconds that a guest's process runs the tests before anything is timed
/// @param runtimes what runs the guest
/// @param seed of the requests whose replies are compared first
record BenchmarkRun(int requests, int rounds, double warmUpSeconds, List<String> runtimes, long seed) {
    private static final int MOST_REQUESTS = 100_000_000;
    /// Few, so that it shows when the guest becomes steady.
    private static final int WARM_UP_REQUESTS = 2_000;

    BenchmarkRun {
        runtimes = List.copyOf(runtimes);
        if (requests < 1 || requests > MOST_REQUESTS) {
            throw new IllegalArgumentException(
                    "A test has 1 to %,d requests, not %,d".formatted(MOST_REQUESTS, requests));
        }
        if (rounds < 1 || rounds > 100) {
            throw new IllegalArgumentException("There are 1 to 100 rounds, not " + rounds);
        }
    }

    /// @param progress gets a line for whatever takes long
    BenchmarkResult measure(Directories directories, Consumer<String> progress)
            throws IOException, InterruptedException {
        try (var baseline = Baseline.start(directories)) {
            var guests = new ArrayList<MeasuredGuest>();
            try {
                long compared = 0;
                for (var runtime : runtimes) {
                    progress.accept("starting Redis in Wasm on " + runtime);
                    var guest = MeasuredGuest.start(runtime);
                    guests.add(guest);
                    progress.accept("comparing its replies with those of " + baseline.title());
                    compared += guest.compare(baseline.port(), seed);
                    progress.accept("warming up");
                    guest.warmUp(Math.min(requests, WARM_UP_REQUESTS), warmUpSeconds);
                }
                return measure(baseline, guests, compared, progress);
            } finally {
                guests.forEach(MeasuredGuest::close);
            }
        }
    }

    private BenchmarkResult measure(
            Baseline baseline, List<MeasuredGuest> guests, long compared, Consumer<String> progress)
            throws IOException, InterruptedException {
        var calibration = new Calibration();
        var groups = DefaultTests.groups();
        var nativeTimes = new Times();
        var costs = Map.<String, CommandCost>of();
        for (int round = 0; round < rounds; round++) {
            baseline.empty();
            for (var guest : guests) {
                guest.empty();
            }
            for (int g = 0; g < groups.size(); g++) {
                var group = groups.get(g);
                progress.accept("round %d of %d: %s".formatted(round + 1, rounds, group.selector()));
                long before = nativeTimes.calibrate(calibration);
                var rates = baseline.run(group, requests);
                for (int t = 0; t < rates.size(); t++) {
                    nativeTimes.of(group.tests().get(t)).add(requests / rates.get(t), before);
                }
                for (var guest : guests) {
                    guest.run(g, group, requests, nativeTimes.calibrate(calibration));
                }
            }
            costs = baseline.costs();
        }
        double usual = nativeTimes.usualCalibration();
        var environment = Environment.read(
                JitFlags.FOR_GUESTS, Map.of("redis", baseline.version(), "java", System.getProperty("java.version")));
        return new BenchmarkResult(
                requests,
                rounds,
                nativeTimes.unsteadiness(),
                compared,
                environment,
                costs,
                guests.stream()
                        .map(guest -> guest.result(rounds, requests, nativeTimes, usual))
                        .toList());
    }
}

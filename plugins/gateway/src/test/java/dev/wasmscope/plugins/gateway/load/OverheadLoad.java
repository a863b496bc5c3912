package dev.wasmscope.plugins.gateway.load;

import dev.wasmscope.plugins.gateway.Modules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/// What a filter adds to a request's time, at half the rate that the gateway without one reaches.
final class OverheadLoad implements AutoCloseable {
    private final Generator generator;
    private final List<Turns> gateways = new ArrayList<>();

    OverheadLoad(Generator generator, Path folder) throws IOException {
        this.generator = generator;
        var stamping = folder.resolve("stamping.wasm");
        Files.write(stamping, Modules.stamping('A').bytes());
        var upstream = generator.upstream();
        gateways.add(new Turns("without", upstream));
        gateways.add(new Turns("stamping (WAT)", upstream, "--filter", stamping.toString()));
        gateways.add(new Turns("gateway-filter (C)", upstream, "--filter", "sample:gateway-filter"));
    }

    /// In turns of a second. What disturbs one turn from outside, with a backlog that takes its time to be worked off,
    /// counts for one turn: of the turns' differences the one in the middle.
    ///
    /// @return microseconds that the C sample adds at p50
    double measure(int turns) throws IOException, InterruptedException {
        for (var gateway : gateways) {
            Warm.up(generator, gateway.process, Load.asFastAsItGoes(2));
        }
        var plain = gateways.getFirst();
        var seconds = 5;
        var capacity = generator
                        .run(plain.process.port(), Load.asFastAsItGoes(seconds))
                        .latency
                        .getTotalCount()
                / (double) seconds;
        System.out.printf("without a filter, as fast as it goes: %.0f requests/s%n", capacity);
        var load = Load.at(capacity / 2, 1);
        for (var gateway : gateways) {
            Warm.up(generator, gateway.process, load);
        }
        for (var turn = 0; turn < turns; turn++) {
            // There and back, so that none comes always after the same other.
            for (var gateway : turn % 2 == 0 ? gateways : gateways.reversed()) {
                gateway.take(generator, load);
            }
        }
        System.out.printf("at %.0f requests/s, %d turns of 1 s:%n", load.rate(), turns);
        for (var gateway : gateways) {
            System.out.println(gateway.text(plain));
        }
        return gateways.getLast().over(plain);
    }

    /// What was measured of one gateway.
    private static final class Turns {
        private final String name;
        private final GatewayProcess process;
        private final Histogram all = new Histogram(3);
        private final List<Double> medians = new ArrayList<>();
        private Duration used = Duration.ZERO;

        Turns(String name, URI upstream, String... options) throws IOException {
            this.name = name;
            this.process = new GatewayProcess(upstream, options);
        }

        void take(Generator generator, Load load) throws IOException {
            var before = process.processorTime();
            var outcome = generator.run(process.port(), load);
            used = used.plus(process.processorTime()).minus(before);
            if (!outcome.isClean()) {
                throw new IOException(name + ": " + outcome);
            }
            all.add(outcome.latency);
            medians.add(outcome.p50());
        }

        /// By how many microseconds the p50 is over that of another one that it took turns with.
        double over(Turns other) {
            var differences = new double[medians.size()];
            for (var i = 0; i < differences.length; i++) {
                differences[i] = medians.get(i) - other.medians.get(i);
            }
            Arrays.sort(differences);
            return differences[differences.length / 2];
        }

        String text(Turns plain) {
            return "%-20s p50 %.1f us, of all together %.1f (%+.1f); p90 %.1f, p99 %.1f; turns' difference %+.1f us; %.1f us of the gateway's processor time a request"
                    .formatted(
                            name,
                            medians.stream().sorted().toList().get(medians.size() / 2),
                            all.getValueAtPercentile(50) / 1e3,
                            (all.getValueAtPercentile(50) - plain.all.getValueAtPercentile(50)) / 1e3,
                            all.getValueAtPercentile(90) / 1e3,
                            all.getValueAtPercentile(99) / 1e3,
                            over(plain),
                            used.toNanos() / 1e3 / all.getTotalCount());
        }
    }

    @Override
    public void close() {
        for (var gateway : gateways) {
            gateway.process.close();
        }
    }
}

package dev.wasmscope.plugins.gateway.load;

import java.io.IOException;
import java.util.Arrays;

/// Guests that never end beside others that do.
final class LoopsLoad implements AutoCloseable {
    private static final int RATE = 200;
    private static final int EACH = 100;

    private final Generator generator;
    private final GatewayProcess gateway;

    LoopsLoad(Generator generator) throws IOException {
        this.generator = generator;
        this.gateway = new GatewayProcess(generator.upstream(), "--filter", "sample:gateway-filter");
    }

    /// 200 requests a second, of which in every second turn each 100th loops.
    ///
    /// @return by how much the others' p50 is longer then, of the rounds the one in the middle: 0.1 for ten percent
    double measure(int rounds, int seconds) throws IOException, InterruptedException {
        Warm.up(generator, gateway, Load.asFastAsItGoes(2));
        var alone = Load.at(RATE, seconds);
        var beside = alone.withLoops(EACH);
        Warm.up(generator, gateway, beside);
        var growth = new double[rounds];
        for (var round = 0; round < rounds; round++) {
            var first = generator.run(gateway.port(), round % 2 == 0 ? alone : beside);
            var second = generator.run(gateway.port(), round % 2 == 0 ? beside : alone);
            var without = round % 2 == 0 ? first : second;
            var with = round % 2 == 0 ? second : first;
            growth[round] = with.p50() / without.p50() - 1;
            System.out.printf(
                    "round %d%n  without loops: %s%n  2 loops/s:     %s (p50 %+.1f %%)%n",
                    round + 1, without, with, 100 * growth[round]);
        }
        System.out.println(gateway.status());
        Arrays.sort(growth);
        System.out.printf("in the middle: %+.1f %%%n", 100 * growth[rounds / 2]);
        return growth[rounds / 2];
    }

    /// Nothing but loops, on three times as many connections as there are instances.
    Outcome overload(int seconds) throws IOException, InterruptedException {
        var outcome = generator.run(gateway.port(), new Load("/?loop", 30, 0, 0, seconds));
        System.out.println("loops on 30 connections: " + outcome);
        System.out.println(gateway.status());
        return outcome;
    }

    @Override
    public void close() {
        gateway.close();
    }
}

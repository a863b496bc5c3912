package dev.wasmscope.plugins.gateway.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Loads a gateway until its JIT has next to nothing left to do: what it compiles, for seconds and mostly guests, is
/// taken from the processor of those who are measured.
final class Warm {
    private static final Duration MOST = Duration.ofMinutes(1);

    /// Of the time of a round.
    private static final double CALM = 0.05;

    private Warm() {}

    /// Then keeps it to its processor.
    ///
    /// @param round of which there are as many as it takes, at most a minute
    static void up(Generator generator, GatewayProcess gateway, Load round) throws IOException, InterruptedException {
        var end = System.nanoTime() + MOST.toNanos();
        var compiled = Double.MAX_VALUE;
        while (compiled > CALM * round.seconds() && System.nanoTime() < end) {
            var before = gateway.compiling();
            generator.run(gateway.port(), round);
            compiled = gateway.compiling().minus(before).toMillis() / (double) TimeUnit.SECONDS.toMillis(1);
        }
        gateway.keepToTheLastProcessor();
        System.out.printf("warm: the JIT's last %.0f s took %.0f ms%n", round.seconds(), 1000 * compiled);
    }
}

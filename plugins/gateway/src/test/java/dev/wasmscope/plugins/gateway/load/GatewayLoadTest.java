package dev.wasmscope.plugins.gateway.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wasmscope.engine.samples.SampleCatalogue;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The gateway under load, with what the project promises of it: `-Dwasmscope.load=20` for as many turns of each, and
/// a minute of swaps. Prints tables.
@EnabledIfSystemProperty(named = "wasmscope.load", matches = "\\d+")
class GatewayLoadTest {
    private static final int SECONDS = Integer.getInteger("wasmscope.load", 0);

    @TempDir
    private Path folder;

    @BeforeAll
    static void leaveAProcessorToTheGateway() throws Exception {
        Processors.keepToTheFirst();
    }

    private static void needsSample() {
        assumeTrue(
                SampleCatalogue.load().find("gateway-filter").isPresent(),
                "The sample gateway-filter was not built: clang-19 is missing.");
    }

    @Test
    void filterInCAddsLessThanThirtyMicroseconds() throws Exception {
        needsSample();
        try (var generator = new Generator();
                var load = new OverheadLoad(generator, folder)) {
            assertThat(load.measure(SECONDS)).isLessThan(30);
        }
    }

    @Test
    void swapEverySecondFailsNoRequest() throws Exception {
        try (var generator = new Generator();
                var load = new SwapLoad(generator, folder)) {
            var outcome = load.measure(3 * SECONDS);
            assertThat(outcome.latency.getTotalCount()).isPositive();
            assertThat(outcome.isClean()).as(outcome.toString()).isTrue();
        }
    }

    @Test
    void loopsDoNotSlowOthersDown() throws Exception {
        needsSample();
        try (var generator = new Generator();
                var load = new LoopsLoad(generator)) {
            assertThat(load.measure(SECONDS / 2, 5)).isLessThan(0.1);
            load.overload(2);
        }
    }
}

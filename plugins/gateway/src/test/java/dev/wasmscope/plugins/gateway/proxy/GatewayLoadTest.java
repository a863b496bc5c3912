package dev.wasmscope.plugins.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wasmscope.engine.samples.SampleCatalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The gateway under load, with what the project promises of it: `-Dwasmscope.load=20` for as many seconds of each, and
/// a minute of swaps. Prints tables.
@EnabledIfSystemProperty(named = "wasmscope.load", matches = "\\d+")
class GatewayLoadTest {
    private static final int SECONDS = Integer.getInteger("wasmscope.load", 0);

    private static void needsSample() {
        assumeTrue(
                SampleCatalogue.load().find("gateway-filter").isPresent(),
                "The sample gateway-filter was not built: clang-19 is missing.");
    }

    @Test
    void filterInCAddsLessThanThirtyMicroseconds() throws Exception {
        needsSample();
        try (var load = new GatewayLoad()) {
            assertThat(load.overhead(SECONDS)).isLessThan(30);
        }
    }

    @Test
    void swapEverySecondFailsNoRequest() throws Exception {
        try (var load = new GatewayLoad()) {
            assertThat(load.swap(3 * SECONDS)).isZero();
        }
    }

    @Test
    void loopsDoNotSlowOthersDown() throws Exception {
        needsSample();
        try (var load = new GatewayLoad()) {
            assertThat(load.loops(SECONDS / 2)).isLessThan(0.1);
        }
    }
}

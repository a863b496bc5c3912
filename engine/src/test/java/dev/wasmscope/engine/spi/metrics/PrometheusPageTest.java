package dev.wasmscope.engine.spi.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PrometheusPageTest {
    @Test
    void labelsMayHoldAnything() {
        var page = new PrometheusPage("p_").gauge("size", "Of it.").value("size", 3, "a", "x\"y\\z\n", "b", "");
        assertThat(page).hasToString("""
                # HELP p_size Of it.
                # TYPE p_size gauge
                p_size{a="x\\"y\\\\z\\n",b=""} 3
                """);
    }

    @Test
    void durationsAreCountedByTheirEnds() {
        var durations = new DurationBuckets();
        durations.record(5_000);
        durations.record(5_001);
        durations.record(60_000_000_000L);
        var page = new PrometheusPage("p_").histogram("seconds", "Of it.", durations.atMost(), durations.sumNanos());
        assertThat(page.toString().lines())
                .contains(
                        "p_seconds_bucket{le=\"0.000005\"} 1",
                        "p_seconds_bucket{le=\"0.00001\"} 2",
                        "p_seconds_bucket{le=\"10\"} 2",
                        "p_seconds_bucket{le=\"+Inf\"} 3",
                        "p_seconds_sum 60.000010001",
                        "p_seconds_count 3");
        assertThatThrownBy(() -> new PrometheusPage("p_").histogram("seconds", "Of it.", new long[3], 0))
                .hasMessage("There are 3 counts for 20 buckets.");
    }
}

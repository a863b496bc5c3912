package dev.wasmscope.plugins.gateway.proxy;

import dev.wasmscope.plugins.gateway.filter.Filter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A gateway's counters in Prometheus's text format, version 0.0.4.
final class PrometheusText {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /// Upper ends of the histograms' buckets.
    private static final long[] BUCKETS = {
        5_000,
        10_000,
        25_000,
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        25_000_000,
        50_000_000,
        100_000_000,
        250_000_000,
        500_000_000,
        1_000_000_000,
        2_500_000_000L,
        10_000_000_000L
    };

    private final StringBuilder text = new StringBuilder();

    static String of(Traffic traffic, @Nullable Filter filter) {
        var page = new PrometheusText();
        page.traffic(traffic);
        if (filter != null) {
            page.filter(traffic, filter.status());
        }
        return page.text.toString();
    }

    private void traffic(Traffic traffic) {
        head("requests_total", "counter", "Requests that have ended, by the status of their answer.");
        traffic.statuses().forEach((status, count) -> line("requests_total{status=\"" + status + "\"}", count));
        head("requests_under_way", "gauge", "Requests that have not ended.");
        line("requests_under_way", traffic.underWay());
        head("upstream_failures_total", "counter", "Requests that the upstream server did not answer.");
        line("upstream_failures_total", traffic.upstreamFailures());
        histogram("request_seconds", "From a request's arrival to the last byte of its answer.", traffic.requests());
    }

    private void filter(Traffic traffic, Filter.Status status) {
        head("filter_runs_total", "counter", "Runs of the filter by result; those that let the request go on are ok.");
        traffic.results()
                .forEach((name, count) ->
                        line("filter_runs_total{result=\"" + (name.isEmpty() ? "ok" : name) + "\"}", count));
        histogram("filter_seconds", "Of the filter's runs, host functions included.", traffic.filter());
        head("filter_version", "gauge", "Number of the module's version that new requests get.");
        line("filter_version", status.version());
        head("filter_instances", "gauge", "Instances of that version.");
        line("filter_instances{state=\"idle\"}", status.idle());
        line("filter_instances{state=\"busy\"}", Math.max(0, status.alive() - status.idle()));
        head("filter_replaced_total", "counter", "Instances of that version replaced after a trap or time-out.");
        line("filter_replaced_total", status.replaced());
        head("filter_healthy", "gauge", "1 while every broken instance could be replaced.");
        line("filter_healthy", status.health().equals("ready") ? 1 : 0);
    }

    private void head(String name, String type, String help) {
        text.append(
                "# HELP wasmscope_gateway_%s %s\n# TYPE wasmscope_gateway_%s %s\n".formatted(name, help, name, type));
    }

    private void line(String name, long value) {
        text.append("wasmscope_gateway_").append(name).append(' ').append(value).append('\n');
    }

    private void histogram(String name, String help, Latencies latencies) {
        head(name, "histogram", help);
        var summary = latencies.summary();
        var counts = latencies.atMost(BUCKETS);
        for (var i = 0; i < BUCKETS.length; i++) {
            line(
                    "%s_bucket{le=\"%s\"}".formatted(name, seconds((double) BUCKETS[i])),
                    Math.min(counts[i], summary.count()));
        }
        line(name + "_bucket{le=\"+Inf\"}", summary.count());
        text.append("wasmscope_gateway_%s_sum %s\n".formatted(name, seconds(summary.sumNanos())));
        line(name + "_count", summary.count());
    }

    private static String seconds(double nanos) {
        return String.format(Locale.ROOT, "%.9f", nanos / 1e9)
                .replaceFirst("0+$", "")
                .replaceFirst("\\.$", "");
    }
}

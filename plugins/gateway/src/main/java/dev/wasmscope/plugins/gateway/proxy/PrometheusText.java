package dev.wasmscope.plugins.gateway.proxy;

import dev.wasmscope.engine.spi.metrics.DurationBuckets;
import dev.wasmscope.engine.spi.metrics.PrometheusPage;
import dev.wasmscope.plugins.gateway.filter.Filter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A gateway's counters for Prometheus.
final class PrometheusText {
    private final PrometheusPage page = new PrometheusPage("wasmscope_gateway_");

    private PrometheusText() {}

    static String of(Traffic traffic, @Nullable Filter filter) {
        var text = new PrometheusText();
        text.traffic(traffic);
        if (filter != null) {
            text.filter(traffic, filter.status());
        }
        return text.page.toString();
    }

    private void traffic(Traffic traffic) {
        page.counter("requests_total", "Requests that have ended, by the status of their answer.");
        traffic.statuses().forEach((status, count) -> page.value("requests_total", count, "status", "" + status));
        page.gauge("requests_under_way", "Requests that have not ended.")
                .value("requests_under_way", traffic.underWay())
                .counter("upstream_failures_total", "Requests that the upstream server did not answer.")
                .value("upstream_failures_total", traffic.upstreamFailures());
        histogram("request_seconds", "From a request's arrival to the last byte of its answer.", traffic.requests());
    }

    private void filter(Traffic traffic, Filter.Status status) {
        page.counter("filter_runs_total", "Runs of the filter by result; those that let the request go on are ok.");
        traffic.results()
                .forEach((name, count) ->
                        page.value("filter_runs_total", count, "result", name.isEmpty() ? "ok" : name));
        histogram("filter_seconds", "Of the filter's runs, host functions included.", traffic.filter());
        page.gauge("filter_version", "Number of the module's version that new requests get.")
                .value("filter_version", status.version())
                .gauge("filter_instances", "Instances of that version.")
                .value("filter_instances", status.idle(), "state", "idle")
                .value("filter_instances", Math.max(0, status.alive() - status.idle()), "state", "busy")
                .counter("filter_replaced_total", "Instances of that version replaced after a trap or time-out.")
                .value("filter_replaced_total", status.replaced())
                .gauge("filter_healthy", "1 while every broken instance could be replaced.")
                .value("filter_healthy", status.health().equals("ready") ? 1 : 0);
    }

    private void histogram(String name, String help, Latencies latencies) {
        var summary = latencies.summary();
        var ends = DurationBuckets.ends();
        var atMost = Arrays.copyOf(latencies.atMost(ends), ends.length + 1);
        atMost[ends.length] = summary.count();
        page.histogram(name, help, atMost, summary.sumNanos());
    }
}

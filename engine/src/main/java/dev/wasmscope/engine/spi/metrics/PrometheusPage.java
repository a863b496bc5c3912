package dev.wasmscope.engine.spi.metrics;

import java.util.Locale;

/// Counts in Prometheus's text format, version 0.0.4: a line of help and type, and below it the values.
public final class PrometheusPage {
    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final String prefix;
    private final StringBuilder text = new StringBuilder();

    /// @param prefix of all names, such as `wasmscope_gateway_`
    public PrometheusPage(String prefix) {
        this.prefix = prefix;
    }

    /// What only grows; its name ends in `_total`.
    public PrometheusPage counter(String name, String help) {
        return head(name, "counter", help);
    }

    public PrometheusPage gauge(String name, String help) {
        return head(name, "gauge", help);
    }

    private PrometheusPage head(String name, String type, String help) {
        text.append("# HELP %s%s %s\n# TYPE %s%s %s\n".formatted(prefix, name, help, prefix, name, type));
        return this;
    }

    public PrometheusPage value(String name, long value) {
        text.append(prefix).append(name).append(' ').append(value).append('\n');
        return this;
    }

    /// @param labels names and values by turns; values may hold anything
    public PrometheusPage value(String name, long value, String... labels) {
        var all = new StringBuilder(name).append('{');
        for (var i = 0; i + 1 < labels.length; i += 2) {
            var escaped =
                    labels[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            all.append(i == 0 ? "" : ",")
                    .append(labels[i])
                    .append("=\"")
                    .append(escaped)
                    .append('"');
        }
        return value(all.append('}').toString(), value);
    }

    /// @param atMost for each of [DurationBuckets#ends()] and behind them, as [DurationBuckets#atMost()] has it
    /// @param sumNanos of all durations
    public PrometheusPage histogram(String name, String help, long[] atMost, double sumNanos) {
        head(name, "histogram", help);
        var ends = DurationBuckets.ends();
        if (atMost.length != ends.length + 1) {
            throw new IllegalArgumentException(
                    "There are %d counts for %d buckets.".formatted(atMost.length, ends.length + 1));
        }
        var count = atMost[ends.length];
        for (var i = 0; i < ends.length; i++) {
            value(name + "_bucket", Math.min(atMost[i], count), "le", seconds((double) ends[i]));
        }
        value(name + "_bucket", count, "le", "+Inf");
        text.append("%s%s_sum %s\n".formatted(prefix, name, seconds(sumNanos)));
        return value(name + "_count", count);
    }

    private static String seconds(double nanos) {
        return String.format(Locale.ROOT, "%.9f", nanos / 1e9)
                .replaceFirst("0+$", "")
                .replaceFirst("\\.$", "");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

package dev.wasmscope.engine.report;

import dev.wasmscope.engine.spi.Chart;

/// Which drawing, and how it is turned.
///
/// @param span of the chart over time
/// @param scale of the percentile charts
/// @param statistic of the bars and of a sweep
public record ChartView(ChartKind kind, TimeSpan span, Scale scale, Statistic statistic) {
    /// As files hold it: the whole run on a logarithmic scale.
    public static ChartView whole(ChartKind kind, LatencyReport report) {
        return new ChartView(kind, TimeSpan.whole(report.snapshot()), Scale.LOG, Statistic.P50);
    }

    /// @param captioned with the conditions below it, as a chart has to be that leaves the house
    public Chart of(LatencyReport report, boolean captioned, ChartStyle style) {
        var snapshot = report.snapshot();
        var heading = report.mode();
        var caption = captioned ? report.conditions() : "";
        return switch (kind) {
            case TIME -> new LatencyChart(snapshot, span, heading, caption, style);
            case PERCENTILES -> new PercentileChart(snapshot, report.overlays(), false, scale, heading, caption, style);
            case SENDS -> new PercentileChart(snapshot, report.overlays(), true, scale, heading, caption, style);
            case HISTOGRAM -> new HistogramChart(snapshot, report.overlays(), heading, caption, style);
            case BARS ->
                new BarsChart(snapshot, report.overlays(), report.intervals(), statistic, heading, caption, style);
            case SWEEP ->
                new SweepChart(report.sweeping().orElse(null), statistic, scale, report.modeOfSweep(), caption, style);
        };
    }
}

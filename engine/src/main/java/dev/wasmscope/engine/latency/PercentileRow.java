package dev.wasmscope.engine.latency;

import org.jspecify.annotations.Nullable;

/// A distribution in numbers, in microseconds.
///
/// A percentile that fewer than ten samples lie above is null: it would be the luck of a single request.
public record PercentileRow(
        long samples,
        double min,
        @Nullable Double p50,
        @Nullable Double p90,
        @Nullable Double p99,
        @Nullable Double p999,
        @Nullable Double p9999,
        double max,
        double mean) {}

package dev.wasmscope.engine.latency.statistics;

/// Between what two values something lies.
public record Span(double low, double high) {}

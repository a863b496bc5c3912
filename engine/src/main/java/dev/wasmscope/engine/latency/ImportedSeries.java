package dev.wasmscope.engine.latency;

/// What another tool measured, to be laid over our own series.
///
/// @param title for legends: file and what it says of itself, `redis-benchmark.csv · GET`
/// @param tool that wrote it: `memtier`
/// @param note what has to be known to compare it, such as that only seven percentiles are known
public record ImportedSeries(String title, String tool, String note, Distribution latency) {}

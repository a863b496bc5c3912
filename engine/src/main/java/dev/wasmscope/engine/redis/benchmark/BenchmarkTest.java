package dev.wasmscope.engine.redis.benchmark;

/// One request that is sent again and again.
///
/// @param name as `redis-benchmark` prints it
/// @param command the first word, as `INFO commandstats` counts it
/// @param request the bytes; not to be written to
@SuppressWarnings("ArrayRecordComponent") // a constant that is sent, never compared
record BenchmarkTest(String name, String command, byte[] request) {}

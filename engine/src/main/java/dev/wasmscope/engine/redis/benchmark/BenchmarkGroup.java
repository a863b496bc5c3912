package dev.wasmscope.engine.redis.benchmark;

import java.util.List;

/// Tests that `redis-benchmark` runs together.
///
/// @param selector what its option `-t` calls them
record BenchmarkGroup(String selector, List<BenchmarkTest> tests) {
    BenchmarkGroup {
        tests = List.copyOf(tests);
    }
}

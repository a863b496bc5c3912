package dev.wasmscope.engine.spi;

import java.time.Duration;

/// What an instance may use. Always set: a guest without limits can take the heap of its host.
///
/// @param callTime deadline of one call, and of instantiation with its start function
/// @param memoryPages most pages of 64 KiB over all memories of the instance
/// @param callDepth most nested Wasm calls: exact where a runtime counts them (interpreter); where guest calls are the
///     JVM's (compiler) it sizes the thread's stack, so that the end comes near this number, not at it
public record Limits(Duration callTime, int memoryPages, int callDepth) {
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(5), 4096, 10_000);

    public Limits {
        if (callTime.isNegative() || callTime.isZero()) {
            throw new IllegalArgumentException("The deadline must be longer than zero, not " + callTime + ".");
        }
        if (memoryPages < 0 || memoryPages > 32_767) {
            throw new IllegalArgumentException("The memory limit must be 0 to 32767 pages, not " + memoryPages + ".");
        }
        if (callDepth < 1) {
            throw new IllegalArgumentException("The call depth must be 1 or more, not " + callDepth + ".");
        }
    }

    public Limits withCallTime(Duration time) {
        return new Limits(time, memoryPages, callDepth);
    }
}

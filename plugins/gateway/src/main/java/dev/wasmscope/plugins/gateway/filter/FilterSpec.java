package dev.wasmscope.plugins.gateway.filter;

import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// How a filter is run.
///
/// @param pool most instances at work at once
/// @param timeout of one call of `wasm_run`
/// @param memoryPages most pages of 64 KiB of an instance
/// @param stage when `wasm_run` is called
/// @param parameters for `wasm_init`, in their order
/// @param memoryKind tracked where somebody looks at what a request changes
public record FilterSpec(
        int pool,
        Duration timeout,
        int memoryPages,
        Stage stage,
        Map<String, String> parameters,
        MemoryKind memoryKind) {
    public static final FilterSpec DEFAULT =
            new FilterSpec(10, Duration.ofMillis(100), 1024, Stage.REQUEST, Map.of(), MemoryKind.PLAIN);

    /// Instantiation compiles nothing, but it may run a start function for the first time.
    private static final Duration BIRTH = Duration.ofSeconds(10);

    public enum Stage {
        /// Before the upstream server is asked.
        REQUEST,
        /// When it has answered.
        RESPONSE
    }

    public FilterSpec {
        if (pool < 1 || pool > 10_000) {
            throw new IllegalArgumentException("A pool has 1 to 10000 instances, not " + pool + ".");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("The time-out is longer than zero, not " + timeout.toMillis() + " ms.");
        }
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public FilterSpec(int pool, Duration timeout, int memoryPages, Stage stage, Map<String, String> parameters) {
        this(pool, timeout, memoryPages, stage, parameters, MemoryKind.PLAIN);
    }

    public FilterSpec withMemory(MemoryKind kind) {
        return new FilterSpec(pool, timeout, memoryPages, stage, parameters, kind);
    }

    Limits limits() {
        return new Limits(BIRTH, memoryPages, Limits.DEFAULT.callDepth());
    }
}

package dev.wasmscope.plugins.redisshm;

import dev.wasmscope.engine.redis.wasm.WasmServer;
import dev.wasmscope.engine.wasm.Runtimes;
import org.junit.jupiter.api.Assumptions;

/// Whether this build has Redis in Wasm: it needs tools that a machine may not have.
final class InWasm {
    private InWasm() {}

    static boolean present() {
        try (var server = new WasmServer(Runtimes.builtIn().getFirst())) {
            return server.available();
        }
    }

    static void assumePresent() {
        Assumptions.assumeTrue(present(), "SKIPPED: this build has no redis.wasm.");
    }
}

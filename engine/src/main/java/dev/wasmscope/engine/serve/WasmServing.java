package dev.wasmscope.engine.serve;

import dev.wasmscope.engine.redis.wasm.Recovery;
import dev.wasmscope.engine.redis.wasm.WasmRedisServer;
import dev.wasmscope.engine.spi.Endpoint;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.spi.WasmRuntime;
import dev.wasmscope.engine.transport.shm.Transports;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Redis in Wasm in this process, on Chicory's compiler.
final class WasmServing implements Serving {
    private final List<Transport> transports;
    private final WasmRedisServer server;

    WasmServing(WasmRedisServer.Options options, List<Endpoint> endpoints, WasmRuntime runtime) throws IOException {
        transports = Transports.of(endpoints, options.sharedMemory());
        server = WasmRedisServer.start(options, runtime, endpoints);
    }

    @Override
    public List<Transport> transports() {
        return transports;
    }

    @Override
    public Optional<String> remark() {
        return server.recovery().map(Recovery::sentence);
    }

    @Override
    public CompletionStage<Void> ended() {
        return server.ended();
    }

    @Override
    public void close() {
        server.close();
    }
}

package dev.wasmscope.views.console;

import dev.wasmscope.engine.binary.MalformedModuleException;
import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.redis.wasm.WasmServer;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.views.workspace.ModuleServices;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The engine for the module of the console's Redis: its session is the server itself.
final class RedisServices implements ModuleServices {
    private final ModuleServices engine;
    private final WasmServer server;

    RedisServices(ModuleServices engine, WasmServer server) {
        this.engine = engine;
        this.server = server;
    }

    @Override
    public ModuleSource read(Path file) throws Exception {
        return engine.read(file);
    }

    @Override
    public SampleCatalogue samples() {
        return engine.samples();
    }

    @Override
    public ModuleFacts facts(ModuleSource module) throws MalformedModuleException {
        return engine.facts(module);
    }

    @Override
    public Optional<String> validate(ModuleSource module) throws Exception {
        return engine.validate(module);
    }

    @Override
    public CompletableFuture<Session> open(SessionRequest request) {
        return server.session();
    }
}

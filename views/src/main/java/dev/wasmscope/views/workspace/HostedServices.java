package dev.wasmscope.views.workspace;

import dev.wasmscope.engine.binary.MalformedModuleException;
import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The engine for an instance of a host: its session looks at that instance. Equal for the same instance.
record HostedServices(ModuleServices engine, HostedInstance instance) implements ModuleServices {
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

    /// Whatever is asked for, there is this one instance.
    @Override
    public CompletableFuture<Session> open(SessionRequest request) {
        return CompletableFuture.completedFuture(instance.session());
    }

    @Override
    public boolean hosted() {
        return true;
    }
}

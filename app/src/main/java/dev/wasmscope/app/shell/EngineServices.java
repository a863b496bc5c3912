package dev.wasmscope.app.shell;

import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.views.workspace.ModuleServices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The engine as the workspace uses it.
final class EngineServices implements ModuleServices {
    private final SampleCatalogue samples = SampleCatalogue.load();

    @Override
    public ModuleSource read(Path file) throws IOException {
        throw new IOException("This build cannot read module files yet.");
    }

    @Override
    public ModuleSource sample(String name) throws Exception {
        return samples.open(name);
    }

    @Override
    public ModuleFacts facts(ModuleSource module) {
        throw new UnsupportedOperationException("This build cannot read modules yet.");
    }

    @Override
    public Optional<String> validate(ModuleSource module) {
        return Optional.empty();
    }

    @Override
    public CompletableFuture<Session> open(SessionRequest request) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("This build has no runtime yet."));
    }
}

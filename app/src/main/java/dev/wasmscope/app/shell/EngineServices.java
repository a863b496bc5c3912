package dev.wasmscope.app.shell;

import dev.wasmscope.engine.binary.MalformedModuleException;
import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.binary.ModuleReader;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.InstantiationFailedException;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.views.workspace.ModuleServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The engine as the workspace uses it.
final class EngineServices implements ModuleServices {
    private final SampleCatalogue samples = SampleCatalogue.load();
    private final Sessions sessions;

    EngineServices(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public ModuleSource read(Path file) throws IOException {
        return new ModuleSource(String.valueOf(file.getFileName()), Optional.of(file), Files.readAllBytes(file));
    }

    @Override
    public SampleCatalogue samples() {
        return samples;
    }

    @Override
    public ModuleFacts facts(ModuleSource module) throws MalformedModuleException {
        return ModuleReader.read(module.bytes());
    }

    /// The interpreter reads and validates without compiling.
    @Override
    public Optional<String> validate(ModuleSource module) {
        try {
            for (var runtime : sessions.runtimes()) {
                if (runtime.id().equals("interpreter")) {
                    runtime.prepare(module);
                }
            }
            return Optional.empty();
        } catch (InstantiationFailedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public CompletableFuture<Session> open(SessionRequest request) {
        return sessions.open(request);
    }
}
